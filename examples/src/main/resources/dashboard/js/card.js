// A card: a heading, a chart or its table, and what is shown when there is nothing.
import { echarts, key } from './plot.js';
import { count, text } from './text.js';
import { ask } from './connection.js';

const MOST_ROWS = 300;

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute === 'class') made.className = value;
    else made.setAttribute(attribute, value);
  }
  made.append(...children);
  return made;
}

export function fillTable(holder, table, drill) {
  const head = element('tr', {}, ...table.heads.map((label, i) =>
    element('th', { scope: 'col', ...(table.rows[0]?.[i]?.number === undefined ? {} : { class: 'number' }) }, label)));
  const body = table.rows.slice(0, MOST_ROWS).map(row => element('tr', {}, ...row.map(cell => {
    if (cell?.number !== undefined) return element('td', { class: 'number' }, cell.number);
    if (cell?.origin) return element('td', {}, element('span', { class: `origin ${cell.origin}` }, cell.text));
    if (cell?.drill !== undefined) {
      const button = element('button', { type: 'button' }, cell.text);
      button.addEventListener('click', () => drill(cell.drill));
      return element('td', {}, button);
    }
    return element('td', { title: String(cell ?? '') }, element('bdi', {}, String(cell ?? '')));
  })));
  const more = table.rows.length - body.length;
  if (more > 0) body.push(element('tr', {}, element('td', { colspan: table.heads.length }, text('moreRows', count(more)))));
  holder.replaceChildren(element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)));
}

export class Card {
  /** @param actions what can be done: drill(name), toggled(id, open), left(), csv() */
  constructor(id, title, wide, actions) {
    this.id = id;
    this.title = title;
    this.actions = actions;
    this.open = false;
    this.heading = element('h2', { id: `${id}-title` });
    this.note = element('span');
    this.problem = element('strong', { role: 'status' });
    this.tools = element('div', { class: 'tools' });
    this.toggle = element('button', { type: 'button', class: 'quiet' });
    this.csv = element('a', { class: 'button', download: '' });
    this.tools.append(this.toggle, this.csv);
    this.crumbs = element('ol', { class: 'crumbs' });
    this.crumbs.hidden = true;
    this.plot = element('div', { class: 'plot', id: `${id}-plot`, role: 'img' });
    this.table = element('div', { class: 'table', role: 'region', tabindex: '0', 'aria-labelledby': `${id}-title` });
    this.empty = element('p', { class: 'empty' });
    this.element = element('section', { class: wide ? 'card wide' : 'card', id, 'aria-labelledby': `${id}-title` },
      element('header', {}, element('div', {}, this.heading, element('p', { class: 'note' }, this.note, ' ', this.problem)), this.tools), this.crumbs, this.plot, this.table, this.empty);
    this.toggle.addEventListener('click', () => actions.toggled(id, !this.open));
    this.csv.addEventListener('click', event => this.download(event));
    this.table.addEventListener('focusout', () => actions.left());
    new ResizeObserver(() => this.chart?.resize()).observe(this.plot);
  }

  label() {
    this.refused = '';
    this.heading.textContent = text(this.title);
    this.toggle.textContent = text(this.open ? 'chart' : 'table');
    this.toggle.setAttribute('aria-label', `${text(this.open ? 'chart' : 'table')}: ${text(this.title)}`);
    this.csv.textContent = text('csv');
    this.csv.setAttribute('aria-label', `CSV: ${text(this.title)}`);
    this.csv.href = this.actions.csv();
  }

  /** Draws what changed; the whole chart only after a change of language or theme. */
  draw(model, { known, failing }) {
    const nothing = model.size === 0;
    const undrawn = this.open ? '' : model.undrawn ?? '';
    this.note.textContent = model.note;
    this.failing = failing && `${text('failing')}: ${failing}`;
    this.warn();
    this.empty.hidden = (!nothing || Boolean(failing)) && !undrawn;
    // Nothing is said of what was not heard yet.
    this.empty.textContent = undrawn ? text(undrawn) : known ? text('empty') : '';
    this.plot.hidden = nothing || this.open || undrawn !== '';
    this.table.hidden = nothing || !this.open;
    if (nothing || undrawn) return;
    if (this.open) {
      // A table that is being used would lose its focus; it is drawn when it is left.
      if (!this.table.contains(document.activeElement) || document.activeElement === this.table) fillTable(this.table, model.table, this.actions.drill);
      return;
    }
    this.plot.setAttribute('aria-label', `${text(this.title)}. ${model.note}`);
    if (!this.chart) {
      this.chart = echarts.init(this.plot);
      this.chart.on('click', event => event.data?.raw !== undefined && this.actions.drill(event.data.raw));
    }
    const look = JSON.stringify([key(), model.option.series.map(series => series.name), model.path]);
    if (look === this.look) this.chart.setOption({ xAxis: model.option.xAxis, series: model.option.series });
    else this.chart.setOption(model.option, { notMerge: true });
    this.look = look;
  }

  /** A link cannot send a token, and would save what the server refuses. */
  async download(event) {
    event.preventDefault();
    this.refused = '';
    try {
      const response = await ask(this.csv.href);
      const link = element('a', { href: URL.createObjectURL(await response.blob()), download: `${this.id}.csv` });
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (failure) {
      this.refused = failure.detail ?? text('failing');
    }
    this.warn();
  }

  /** Only a change is read aloud. */
  warn() {
    const problem = this.refused || this.failing || '';
    if (this.problem.textContent !== problem) this.problem.textContent = problem;
  }
}

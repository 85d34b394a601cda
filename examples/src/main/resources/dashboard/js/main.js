// The page: filters and cards over one live stream. Events only mark what changed. However many come, a part that was
// drawn rests for a while, and a frame has time for few parts: the others wait for the next one.
import { Card, element } from './card.js';
import { key } from './plot.js';
import { byHour, categories, cumulative, daily, named, top3, trend } from './charts.js';
import { ask, listen } from './connection.js';
import { Rows } from './rows.js';
import { after, isRange, isRight, read, write } from './state.js';
import { clock, count, minor, otherLanguage, speak, text, utc, won } from './text.js';
import { Tail } from './tail.js';

const state = read();
const tail = new Tail();
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const at = id => document.getElementById(id);
const top3View = () => (state.tobacco ? 'hourly-top3-divisions' : 'hourly-top3-divisions-without-tobacco');

const CHARTS = [
  { id: 'daily', view: () => 'daily-sales', show: 'update', make: daily, wide: true },
  { id: 'by-hour', title: 'byHour', view: () => 'trading-hours', show: 'update', make: byHour },
  { id: 'cumulative', view: () => 'cumulative-daily-sales', show: 'update:48', make: cumulative, windows: true },
  { id: 'trend', view: () => 'hourly-sales', show: 'update:168', ranged: 'update', make: trend, windows: true, wide: true },
  { id: 'categories', view: () => 'category-sales', show: 'update', make: categories },
  { id: 'top3', view: top3View, show: 'update:24', make: top3, windows: true },
];

let rows = new Map();
let stop = () => {};
let dirty = new Set();
let scheduled = false;
let shown = '';
let link = ['connecting'];

const REST = 250; // milliseconds between two drawings of a part
const SHARE = 8; // milliseconds of a frame, after which it draws no further part

function schedule() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(draw);
}
function mark(view) {
  dirty.add(view);
  schedule();
}
const rowsOf = view => {
  if (!rows.has(view)) rows.set(view, new Rows());
  return rows.get(view);
};

for (const chart of CHARTS) {
  chart.card = new Card(chart.id, chart.title ?? chart.id, chart.wide, {
    drill: name => drillTo([...state.path, name]),
    toggled: (id, open) => {
      state.tables = open ? [...state.tables, id] : state.tables.filter(other => other !== id);
      apply();
    },
    left: () => mark(chart.view()),
    csv: () => `/api/views/${chart.view()}?format=csv${chart.windows && isRange(state) ? `&from=${state.from}&to=${after(state.to)}` : ''}`,
  });
  at('charts').append(chart.card.element);
}
at('charts').append(tail.element);
const tobacco = element('button', { type: 'button', id: 'tobacco' });
tobacco.addEventListener('click', () => { state.tobacco = !state.tobacco; apply(true); });
CHARTS.find(chart => chart.id === 'top3').card.tools.prepend(tobacco);

function drillTo(path) {
  if (path.length > 2) return;
  state.path = path;
  apply();
  const crumbs = CHARTS.find(chart => chart.id === 'categories').card.crumbs;
  crumbs.querySelector('li:last-child button').focus();
}

function drawCrumbs() {
  const crumbs = CHARTS.find(chart => chart.id === 'categories').card.crumbs;
  crumbs.hidden = false;
  crumbs.replaceChildren(...[text('all'), ...state.path.map(named)].map((name, i) => {
    const here = i === state.path.length;
    const button = element('button', { type: 'button', ...(here ? { 'aria-current': 'true' } : {}) }, element('bdi', {}, name));
    button.addEventListener('click', () => drillTo(state.path.slice(0, i)));
    return element('li', {}, button);
  }));
}

const PARTS = [
  { name: 'figures', changed: () => dirty.size > 0, draw: drawFigures },
  ...CHARTS.map(chart => ({
    name: chart.id,
    changed: () => dirty.has(chart.view()),
    draw: () => {
      const ofView = rowsOf(chart.view());
      chart.card.draw(chart.make(ofView, state), ofView);
    },
  })),
  { name: 'records', changed: () => dirty.has('records'), draw: () => tail.draw() },
];

/** Draws what waits longest; after what a user did, everything at once. */
function draw() {
  scheduled = false;
  const start = performance.now();
  const everything = dirty.has('*');
  for (const part of PARTS) part.waiting ||= everything || part.changed();
  dirty = new Set();
  const last = part => part.drawn ?? -REST;
  const due = PARTS.filter(part => part.waiting && (everything || start - last(part) >= REST)).sort((a, b) => last(a) - last(b));
  for (const part of due) {
    if (!everything && performance.now() - start > SHARE) break;
    part.waiting = false;
    part.draw();
    part.drawn = start;
  }
  if (PARTS.some(part => part.waiting)) schedule();
}

const put = (id, value) => {
  const target = at(id);
  if (target.textContent !== value) target.textContent = value;
};

function drawFigures() {
  const day = rowsOf('day-sales').list()[0];
  const all = rowsOf('today-sales').list()[0];
  put('today-day', day ? day.window_start.slice(0, 10) : '–');
  put('today-sales', day ? won(minor(day.sum_of_mount)) : '–');
  put('today-visitors', day ? count(day.visitors) : '–');
  put('today-last', day ? clock(day.last_tr_datetime) : '–');
  put('all-sales', all ? won(minor(all.sum_of_mount)) : '–');
  drawCoverage();
}

/** The coverage of what is known least of. */
function drawCoverage() {
  const known = [...rows.values()].filter(each => each.known).map(each => each.coverage);
  const least = known.find(coverage => !coverage.complete)
    ?? known.find(coverage => coverage.approximate)
    ?? known.reduce((a, b) => ((a?.cut ?? '') < (b.cut ?? '') && a ? a : b), undefined);
  const badge = at('coverage-badge');
  const failing = [...rows.values()].some(each => each.failing);
  const word = failing ? 'failing' : !least || !least.newest && !least.cut ? 'waiting' : !least.complete ? 'incomplete'
    : least.approximate ? 'approximate' : 'complete';
  badge.className = `badge ${word}`;
  put('coverage-badge', text(word));
  put('coverage-text', !least || word === 'waiting' ? '' : [
    least.cut ? text('batchTo', utc(least.cut)) : text('noBatch'),
    least.newest && (!least.cut || least.newest >= least.cut) ? text('speedFrom', utc(least.cut ?? least.newest)) : '',
    least.complete ? '' : text('missing', count(least.missing.length)),
    least.approximate ?? '',
  ].filter(Boolean).join(' · '));
  const missing = least?.missing ?? [];
  const told = JSON.stringify([missing, key()]);
  if (told === drawCoverage.told) return;
  drawCoverage.told = told;
  at('coverage-missing').replaceChildren(...(missing.length
    ? missing.map(hole => element('li', {}, `${hole.partition}: ${hole.reason}`))
    : [element('li', {}, text('nothingMissing'))]));
}

function showLink(name, detail) {
  link = [name, detail];
  at('link').className = `link ${name}`;
  put('link-text', detail ?? text(name));
  at('link').dataset.state = name;
}

/** Asks for what the filters choose, unless that is already on its way. */
function connect() {
  const query = new URLSearchParams();
  ['day-sales:single', 'today-sales:single'].forEach(show => query.append('show', show));
  for (const chart of CHARTS) query.append('show', `${chart.view()}:${isRange(state) && chart.ranged ? chart.ranged : chart.show}`);
  if (isRange(state)) {
    query.set('from', state.from);
    query.set('to', after(state.to));
  }
  if (shown === `${query}`) return;
  shown = `${query}`;
  stop();
  rows = new Map();
  stop = listen(signal => withRecords(query, signal), (event, data) => {
    if (data.view === 'records') tail.take(event, data);
    else rowsOf(data.view).take(event, data);
    mark(data.view);
  }, showLink);
}

/** A server may have no raw stream to show. */
async function withRecords(query, signal) {
  const { records } = await (await ask('/api/views', { signal })).json();
  tail.element.hidden = !records;
  return `/api/live?${query}${records ? '&show=records' : ''}`;
}

/** Brings the page in line with the filters. */
function apply(reconnect = false) {
  document.documentElement.dataset.theme = state.theme ?? (prefersDark.matches ? 'dark' : 'light');
  speak(state.language);
  write(state);
  at('from').value = state.from;
  at('to').value = state.to;
  put('range-error', isRight(state) ? '' : text('badRange'));
  put('language', text('other'));
  at('language').lang = otherLanguage();
  put('theme', text(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
  put('tobacco', text('noTobacco'));
  tobacco.setAttribute('aria-pressed', String(!state.tobacco));
  for (const chart of CHARTS) {
    chart.card.open = state.tables.includes(chart.id);
    chart.card.label();
  }
  tail.label();
  drawCrumbs();
  showLink(...link);
  if (reconnect) connect();
  mark('*');
}

at('language').addEventListener('click', () => { state.language = otherLanguage(); apply(); });
at('theme').addEventListener('click', () => {
  state.theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  apply();
});
prefersDark.addEventListener('change', () => apply());
for (const id of ['from', 'to']) {
  at(id).addEventListener('change', () => { state[id] = at(id).value; apply(true); });
}
at('filters').addEventListener('submit', event => event.preventDefault());
at('clear').addEventListener('click', event => {
  event.preventDefault();
  state.from = state.to = '';
  apply(true);
});
apply(true);

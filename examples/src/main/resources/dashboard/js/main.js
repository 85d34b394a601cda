// The page: filters and cards over one live stream. Events only mark what changed; drawing happens once a frame.
import { Card, element } from './card.js';
import { byHour, categories, cumulative, daily, top3, trend } from './charts.js';
import { authorized, listen } from './connection.js';
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
let withRecords = true;

function mark(view) {
  dirty.add(view);
  if (!scheduled) {
    scheduled = true;
    requestAnimationFrame(draw);
  }
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
    csv: () => `/api/views/${chart.view()}?format=csv${chart.windows && isRange(state) && isRight(state) ? `&from=${state.from}&to=${after(state.to)}` : ''}`,
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
  crumbs.replaceChildren(...[text('all'), ...state.path].map((name, i) => {
    const here = i === state.path.length;
    const button = element('button', { type: 'button', ...(here ? { 'aria-current': 'true' } : {}) }, element('bdi', {}, name));
    button.addEventListener('click', () => drillTo(state.path.slice(0, i)));
    return element('li', {}, button);
  }));
}

function draw() {
  scheduled = false;
  const changed = dirty;
  dirty = new Set();
  for (const chart of CHARTS) {
    if (!changed.has(chart.view()) && !changed.has('*')) continue;
    const ofView = rowsOf(chart.view());
    chart.card.draw(chart.make(ofView, state), ofView.failing);
  }
  if (changed.has('records') || changed.has('*')) tail.draw();
  drawFigures();
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
  const word = !least || !least.newest && !least.cut ? 'waiting' : !least.complete ? 'incomplete'
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
  at('coverage-missing').replaceChildren(...(missing.length
    ? missing.map(hole => element('li', {}, `${hole.partition}: ${hole.reason}`))
    : [element('li', {}, text('nothingMissing'))]));
}

function showLink(name) {
  at('link').className = `link ${name}`;
  put('link-text', text(name));
  at('link').dataset.state = name;
}

function connect() {
  stop();
  rows = new Map();
  const query = new URLSearchParams();
  ['day-sales:single', 'today-sales:single'].forEach(show => query.append('show', show));
  if (withRecords) query.append('show', 'records');
  for (const chart of CHARTS) query.append('show', `${chart.view()}:${isRange(state) && chart.ranged ? chart.ranged : chart.show}`);
  if (isRange(state)) {
    query.set('from', state.from);
    query.set('to', after(state.to));
  }
  stop = listen(`/api/live?${query}`, (event, data) => {
    if (data.view === 'records') tail.take(event, data);
    else rowsOf(data.view).take(event, data);
    mark(data.view);
  }, showLink);
}

/** A server may have no raw stream to show. */
async function askForRecords() {
  try {
    const response = await authorized('/api/views');
    if (response.ok) withRecords = (await response.json()).records;
  } catch {
    // Whoever connects later will be told what is wrong.
  }
  tail.element.hidden = !withRecords;
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
  showLink(at('link').dataset.state ?? 'connecting');
  if (reconnect && isRight(state)) connect();
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
apply();
await askForRecords();
connect();

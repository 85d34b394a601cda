// What each card shows, from the rows of its view: a chart and, equal to it, a table.
import { base, ink, plain, shades, sums, wonOf, xAxis, yAxis, PALETTE } from './plot.js';
import { clock, count, major, minor, percent, text, won } from './text.js';
import { together } from './rows.js';
import { chosen, isRange } from './state.js';

const byKey = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);
const layer = origin => ({ origin, text: text(origin) });
const bars = (entries, colours) =>
  entries.map(([, group]) => ({ value: major(group.amount), itemStyle: { color: colours[group.origin] } }));
const HOUR = 3600000;
const millis = row => Date.parse(`${row.window_start}Z`);
const newest = rows => rows.reduce((last, row) => Math.max(last, millis(row)), -Infinity);

/** The rows of as many hours up to the newest. */
const lastHours = (rows, count) => {
  const start = newest(rows) - count * HOUR;
  return rows.filter(row => millis(row) > start);
};

/** The starts of all hours from the first row to the last, also of those without a row. */
function everyHour(rows) {
  const last = newest(rows);
  const hours = [];
  for (let hour = rows.reduce((first, row) => Math.min(first, millis(row)), Infinity); hour <= last; hour += HOUR) {
    hours.push(new Date(hour).toISOString().slice(0, 19));
  }
  return hours;
}

export function daily(rows, state) {
  const days = [...sums(rows.list().filter(chosen(state)),
    row => row.tr_date, row => row.sum_of_daily_sales, row => row.cnt_of_daily_sales)].sort(byKey);
  const colours = ink();
  const labels = days.map(([day]) => day);
  return {
    size: days.length, note: text('dailyNote'),
    option: {
      ...base(colours),
      legend: { data: [text('sales'), text('count')], textStyle: { color: colours.soft }, right: 0, top: 0, icon: 'roundRect', itemWidth: 14, itemHeight: 8 },
      xAxis: xAxis(labels, colours),
      yAxis: [yAxis(colours), yAxis(colours, { splitLine: { show: false } })],
      series: [
        { name: text('sales'), type: 'bar', data: bars(days, colours), itemStyle: { color: colours.batch }, barCategoryGap: '20%', barMaxWidth: 64, tooltip: { valueFormatter: wonOf } },
        { name: text('count'), type: 'line', yAxisIndex: 1, data: days.map(([, day]) => day.count), symbol: 'none', color: colours.text, lineStyle: { width: 1.5 }, tooltip: { valueFormatter: count } },
      ],
    },
    table: {
      heads: [text('day'), text('sales'), text('count'), text('origin')],
      rows: days.reverse().map(([day, group]) => [day, { number: won(group.amount) }, { number: count(group.count) }, layer(group.origin)]),
    },
  };
}

export function byHour(rows, state) {
  const found = sums(rows.list().filter(chosen(state)),
    row => Number(row.tr_time), row => row.sum_of_daily_sales, row => row.cnt_of_daily_sales);
  const hours = [...found].sort(([a], [b]) => a - b);
  const colours = ink();
  return {
    size: hours.length, note: text('byHourNote'),
    option: {
      ...base(colours),
      xAxis: xAxis(hours.map(([hour]) => text('hourOf', hour)), colours),
      yAxis: yAxis(colours),
      series: [{ name: text('sales'), type: 'bar', data: bars(hours, colours), itemStyle: { color: colours.batch }, barCategoryGap: '25%', barMaxWidth: 64, tooltip: { valueFormatter: wonOf } }],
    },
    table: {
      heads: [text('hour'), text('sales'), text('count'), text('origin')],
      rows: hours.map(([hour, group]) => [text('hourOf', hour), { number: won(group.amount) }, { number: count(group.count) }, layer(group.origin)]),
    },
  };
}

const isGap = row => row === undefined || row.sum_of_mount === null;
/** A point between two gaps has no line to be seen by. */
const alone = (rows, i) => !isGap(rows[i]) && isGap(rows[i - 1]) && isGap(rows[i + 1]);

function line(rows, labelOf, name) {
  const colours = ink();
  const labels = rows.map(labelOf);
  return {
    ...base(colours),
    xAxis: { ...xAxis(labels, colours), boundaryGap: false },
    yAxis: yAxis(colours),
    series: [{
      name, type: 'line', symbol: 'none', showAllSymbol: true, symbolSize: 8, color: colours.batch, lineStyle: { width: 2 },
      data: rows.map((row, i) => (alone(rows, i) ? { value: row.sum_of_mount, symbol: 'circle' } : row.sum_of_mount)), areaStyle: { opacity: 0.12 }, connectNulls: false,
      markArea: shades(rows.map(row => row.origin), labels, colours), tooltip: { valueFormatter: wonOf },
    }],
  };
}

export function trend(rows, state) {
  const shown = isRange(state) ? rows.list() : lastHours(rows.list(), 7 * 24);
  const byStart = new Map(shown.map(row => [row.window_start, row]));
  const hours = shown.sort((a, b) => (a.window_start < b.window_start ? -1 : 1));
  const filled = everyHour(shown).map(start => byStart.get(start) ?? { window_start: start, sum_of_mount: null });
  return {
    size: hours.length, note: text(isRange(state) ? 'trendRange' : 'trendNote'),
    option: line(filled, row => clock(row.window_start).slice(5, 16), text('sales')),
    table: {
      heads: [text('hour'), text('sales'), text('origin')],
      rows: hours.reverse().map(row => [clock(row.window_start).slice(0, 16), { number: won(minor(row.sum_of_mount)) }, layer(row.origin)]),
    },
  };
}

export function cumulative(rows) {
  const all = rows.list();
  const day = all.reduce((newest, row) => (row.window_start > newest ? row.window_start : newest), '');
  const end = rows.reached ? new Date(Date.parse(`${rows.reached}Z`) + 3600000).toISOString().slice(0, 19) : '';
  const steps = all.filter(row => row.window_start === day && row.window_end <= end)
    .sort((a, b) => (a.window_end < b.window_end ? -1 : 1));
  const label = row => `${row.window_end.slice(0, 10) === day.slice(0, 10) ? row.window_end.slice(11, 13) : '24'}:00`;
  return {
    size: steps.length, note: day ? text('cumulativeNote', day.slice(0, 10)) : '',
    option: line(steps, label, text('sales')),
    table: {
      heads: [text('hour'), text('sales'), text('origin')],
      rows: steps.map(row => [label(row), { number: won(minor(row.sum_of_mount)) }, layer(row.origin)]),
    },
  };
}

const LEVELS = ['division_name', 'maincategory_name', 'subcategory_name'];
export const named = name => name || text('unknown');
// What has no name is kept as '', so that addresses hold in both languages.
const nameAt = (row, level) => row[LEVELS[level]] ?? '';

export function categories(rows, state) {
  const within = rows.list().filter(row => state.path.every((name, i) => nameAt(row, i) === name));
  const groups = [...sums(within, row => nameAt(row, state.path.length), row => row.sum_of_sales, row => row.cnt_of_sales)]
    .sort(([, a], [, b]) => b.amount - a.amount);
  const drawn = groups.filter(([, group]) => group.amount > 0);
  const total = groups.reduce((sum, [, group]) => sum + group.amount, 0);
  const colours = ink();
  const deepest = state.path.length === LEVELS.length - 1;
  return {
    size: groups.length, note: text('categoriesNote'), path: state.path, undrawn: groups.length > 0 && drawn.length === 0 ? 'noAmount' : '',
    option: {
      ...base(colours),
      tooltip: { ...base(colours).tooltip, trigger: 'item', formatter: info => `${info.name}\n${wonOf(info.value)}` },
      series: [{
        type: 'treemap', roam: false, nodeClick: false, breadcrumb: { show: false }, left: 0, right: 0, top: 4, bottom: 0,
        label: { color: colours.onFill, fontSize: 13, overflow: 'truncate', formatter: info => info.name },
        itemStyle: { gapWidth: 2, borderWidth: 0, borderColor: colours.card },
        data: drawn.map(([name, group]) => (
          { name: plain(named(name)), raw: name, value: major(group.amount), itemStyle: { color: colours[group.origin] } })),
      }],
    },
    table: {
      heads: [text('category'), text('sales'), text('share'), text('count'), text('origin')],
      rows: groups.map(([name, group]) => [
        deepest ? named(name) : { drill: name, text: named(name) }, { number: won(group.amount) }, { number: total ? percent(group.amount / total) : '–' },
        { number: count(group.count) }, layer(group.origin)]),
    },
  };
}

export function top3(rows, state) {
  const all = lastHours(rows.list(), 24);
  const hours = everyHour(all);
  const divisions = [...sums(all, row => named(row.division_name), row => row.mount)].sort(([, a], [, b]) => b.amount - a.amount);
  const byPlace = new Map(all.map(row => [`${row.window_start}/${named(row.division_name)}`, row]));
  const colours = ink();
  const labels = hours.map(hour => clock(hour).slice(5, 16));
  const origins = hours.map(hour => all.filter(row => row.window_start === hour).map(row => row.origin).reduce(together, undefined));
  return {
    size: all.length, note: text(isRange(state) ? 'top3Range' : 'top3Note'),
    option: {
      ...base(colours),
      grid: { ...base(colours).grid, top: 40 },
      legend: { type: 'scroll', data: divisions.map(([name]) => plain(name)), textStyle: { color: colours.soft }, pageTextStyle: { color: colours.soft }, top: 0, icon: 'roundRect', itemWidth: 14, itemHeight: 8 },
      xAxis: xAxis(labels, colours),
      yAxis: yAxis(colours),
      series: divisions.map(([name], i) => ({
        name: plain(name), type: 'bar', stack: 'top', barMaxWidth: 64, color: PALETTE[colours.theme][i % 8], tooltip: { valueFormatter: wonOf },
        data: hours.map(hour => byPlace.get(`${hour}/${name}`)?.mount ?? null),
        ...(i === 0 ? { markArea: shades(origins, labels, colours) } : {}),
      })),
    },
    table: {
      heads: [text('hour'), text('rank'), text('division'), text('sales'), text('count'), text('origin')],
      rows: all.sort((a, b) => (a.window_start === b.window_start ? a.rownum - b.rownum : a.window_start < b.window_start ? 1 : -1))
        .map(row => [clock(row.window_start).slice(0, 16), { number: count(row.rownum) }, named(row.division_name), { number: won(minor(row.mount)) }, { number: count(row.cnt) }, layer(row.origin)]),
    },
  };
}

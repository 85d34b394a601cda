// What all charts share: colours of the theme, axes, tooltips, and the shade of what came from the speed layer.
import * as echarts from '/webjars/echarts/5.3.1/dist/echarts.esm.min.js';
import { compact, won, minor, currentLanguage, text } from './text.js';
import { together } from './rows.js';

export { echarts };
// For names; none of them is the colour of a layer.
export const PALETTE = {
  light: ['#3b4cc0', '#a3216b', '#2f7d32', '#7a4fb5', '#1f7fc4', '#6b5b4b', '#c2477f', '#51626a'],
  dark: ['#8f9df5', '#f07fbf', '#86cf7d', '#c3a2f5', '#6fb5f0', '#c9b8a2', '#f5a3c7', '#a3b4bb'],
};

export function ink() {
  const style = getComputedStyle(document.documentElement);
  const of = name => style.getPropertyValue(`--${name}`).trim();
  return {
    text: of('ink'), soft: of('soft'), line: of('line'), card: of('card'), onFill: of('on-accent'), font: style.fontFamily,
    batch: of('batch'), both: of('both'), speed: of('speed'), theme: document.documentElement.dataset.theme,
  };
}

const LONGEST_NAME = 20;
const short = name => {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
};

/** Names come from the data: what the library would take for markup is replaced. */
export const plain = name => short(String(name ?? text('unknown'))).replaceAll('{', '｛').replaceAll('}', '｝').replaceAll('|', '｜');

export function base(colours) {
  return {
    animation: false,
    textStyle: { fontFamily: colours.font, color: colours.text },
    grid: { left: 8, right: 12, top: 32, bottom: 8, containLabel: true },
    tooltip: {
      trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: colours.card, borderColor: colours.line,
      textStyle: { color: colours.text, fontFamily: colours.font, fontSize: 13 },
    },
  };
}

export const xAxis = (data, colours, extra = {}) => ({
  type: 'category', data, axisLine: { lineStyle: { color: colours.line } }, axisTick: { show: false },
  axisLabel: { color: colours.soft, hideOverlap: true, ...extra },
});
export const yAxis = (colours, extra = {}) => ({
  type: 'value', axisLabel: { color: colours.soft, formatter: value => compact(value) },
  splitLine: { lineStyle: { color: colours.line } }, ...extra,
});

export const wonOf = value => (Number.isFinite(value) ? won(minor(value)) : '–');
export const key = () => `${currentLanguage()}/${document.documentElement.dataset.theme}`;

/** Behind a line: the stretches that did not come from the batch layer alone, each at least one step wide. */
export function shades(origins, labels, colours) {
  const areas = [];
  for (let i = 0; i < origins.length; i++) {
    if (!origins[i] || origins[i] === 'batch') continue;
    let end = i;
    while (end + 1 < origins.length && origins[end + 1] === origins[i]) end++;
    // One that begins or ends with the axis has no bound of its own there.
    areas.push([
      { ...(i > 0 ? { xAxis: i === end ? i - 1 : i } : {}), itemStyle: { color: colours[origins[i]], opacity: 0.16 } },
      end < origins.length - 1 ? { xAxis: Math.max(1, end) } : {},
    ]);
    i = end;
  }
  return { silent: true, data: areas };
}

/** Sums hundredths by a key, in the order of first sight. */
export function sums(rows, keyOf, amountOf, countOf = () => 0) {
  const groups = new Map();
  for (const row of rows) {
    const group = groups.get(keyOf(row)) ?? { amount: 0, count: 0, origin: undefined };
    group.amount += minor(amountOf(row));
    group.count += countOf(row) ?? 0;
    group.origin = together(group.origin, row.origin);
    groups.set(keyOf(row), group);
  }
  return groups;
}

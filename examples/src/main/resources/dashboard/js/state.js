// The filters, which live in the address so that a page can be shared.
const DAY = 86400000;
const LONGEST = 366 * DAY;
const FORM = /^\d{4}-\d{2}-\d{2}$/;
const dayOf = time => new Date(time).toISOString().slice(0, 10);
const isDay = text => FORM.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;

export function read() {
  const query = new URLSearchParams(location.search);
  const day = name => (isDay(query.get(name) ?? '') ? query.get(name) : '');
  return {
    from: day('from'), to: day('to'), tobacco: query.get('tobacco') !== 'no', path: query.getAll('path').slice(0, 2),
    language: ['ko', 'en'].includes(query.get('lang')) ? query.get('lang') : navigator.language.startsWith('ko') ? 'ko' : 'en',
    theme: ['dark', 'light'].includes(query.get('theme')) ? query.get('theme') : null,
    tables: query.getAll('table'),
  };
}

export function write(state) {
  const query = new URLSearchParams();
  if (state.from) query.set('from', state.from);
  if (state.to) query.set('to', state.to);
  if (!state.tobacco) query.set('tobacco', 'no');
  state.path.forEach(name => query.append('path', name));
  state.tables.forEach(name => query.append('table', name));
  query.set('lang', state.language);
  if (state.theme) query.set('theme', state.theme);
  history.replaceState(null, '', `?${query}`);
}

/** Whether there is a range to ask for: one with both ends that is right. */
export const isRange = ({ from, to }) => isDay(from) && isDay(to) && from <= to && Date.parse(to) - Date.parse(from) < LONGEST;
export const isRight = state => !state.from || !state.to || isRange(state);
/** The first day after the range, as the server wants it. */
export const after = day => dayOf(Date.parse(day) + DAY);
/** Tells which rows of days are in the range; all are while it is wrong. */
export const chosen = state => (isRight(state)
  ? row => (!state.from || row.tr_date >= state.from) && (!state.to || row.tr_date <= state.to)
  : () => true);

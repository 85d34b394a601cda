// The filters, which live in the address so that a page can be shared.
const LONGEST = 366 * 86400000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function read() {
  const query = new URLSearchParams(location.search);
  const day = name => (DAY.test(query.get(name) ?? '') ? query.get(name) : '');
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

export const isRange = state => Boolean(state.from && state.to);
export function isRight(state) {
  if (!isRange(state)) return true;
  const length = Date.parse(state.to) - Date.parse(state.from);
  return length >= 0 && length < LONGEST;
}
/** The first day after the range, as the server wants it. */
export function after(day) {
  const next = new Date(Date.parse(day) + 86400000);
  return next.toISOString().slice(0, 10);
}
export const holds = (state, day) => (!state.from || day >= state.from) && (!state.to || day <= state.to);

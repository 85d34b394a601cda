// One stream of server-sent events for all charts, since browsers open only six connections to a server.
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;
const SILENCE = 15000;

/** A token leaves the address for the session of the tab, before anything else writes the address. */
function takeToken() {
  const given = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (!given) return;
  // A token is taken literally, but for what browsers themselves escape behind a #.
  sessionStorage.setItem('token', given.replace(/%(?:22|3C|3E|60)/g, decodeURIComponent));
  history.replaceState(null, '', location.pathname + location.search);
}
takeToken();
addEventListener('hashchange', takeToken);

/** What the server answers; a refusal is thrown, with its status and, where it gives one, its detail. */
export async function ask(path, options = {}) {
  const secret = sessionStorage.getItem('token');
  const response = await fetch(path, { ...options, headers: secret ? { Authorization: `Bearer ${secret}` } : {} });
  if (response.ok) return response;
  const detail = (await response.json().catch(() => null))?.detail;
  throw Object.assign(new Error(`status ${response.status}`), { status: response.status, detail });
}

/**
 * Listens until it is stopped. Each attempt asks `address(signal)` for its path; `heard(name, data)` gets each event,
 * `state(name, detail)` tells how the connection is.
 */
export function listen(address, heard, state) {
  const ended = new AbortController();
  run(address, heard, state, ended.signal);
  return () => ended.abort();
}

const stateAfter = ({ status, detail }) => (status === 401 ? ['denied'] : detail ? ['refused', detail] : ['lost']);

async function run(address, heard, state, ended) {
  let pause = FIRST_PAUSE;
  state('connecting');
  while (!ended.aborted) {
    try {
      await once(address, (name, data) => { pause = FIRST_PAUSE; heard(name, data); }, state, ended);
    } catch (failure) {
      if (ended.aborted) return;
      state(...stateAfter(failure));
    }
    await new Promise(resolve => setTimeout(resolve, pause));
    pause = Math.min(LONGEST_PAUSE, pause * 2);
  }
}

async function once(address, heard, state, ended) {
  const attempt = new AbortController();
  const stop = () => attempt.abort();
  ended.addEventListener('abort', stop);
  let silence = setTimeout(stop, SILENCE);
  try {
    const response = await ask(await address(attempt.signal), { signal: attempt.signal, cache: 'no-store' });
    state('live');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let pieces = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Error('ended');
      clearTimeout(silence);
      silence = setTimeout(stop, SILENCE);
      const cut = value.lastIndexOf('\n\n');
      // An event may be split even between its two ends of line.
      if (cut < 0 && !(value.startsWith('\n') && pieces.length > 0)) { pieces.push(value); continue; }
      const blocks = (pieces.join('') + value).split('\n\n');
      pieces = [blocks.pop()];
      blocks.forEach(block => dispatch(block, heard));
    }
  } finally {
    clearTimeout(silence);
    ended.removeEventListener('abort', stop);
  }
}

function dispatch(block, heard) {
  let name = '';
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) name = line.slice(7);
    else if (line.startsWith('data: ')) data = line.slice(6);
  }
  if (name) heard(name, JSON.parse(data));
}

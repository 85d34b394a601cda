// One stream of server-sent events for all charts, since browsers open only six connections to a server.
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;
const SILENCE = 15000;

function token() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    sessionStorage.setItem('token', given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem('token');
}

export function authorized(path, options = {}) {
  const secret = token();
  return fetch(path, { ...options, headers: secret ? { Authorization: `Bearer ${secret}` } : {} });
}

/** Listens until it is stopped; `heard(name, data)` gets each event, `state(name)` tells how the connection is. */
export function listen(path, heard, state) {
  const ended = new AbortController();
  run(path, heard, state, ended.signal);
  return () => ended.abort();
}

async function run(path, heard, state, ended) {
  let pause = FIRST_PAUSE;
  state('connecting');
  while (!ended.aborted) {
    try {
      await once(path, (name, data) => { pause = FIRST_PAUSE; heard(name, data); }, state, ended);
    } catch (failure) {
      if (ended.aborted) return;
      state(failure.denied ? 'denied' : 'lost');
    }
    await new Promise(resolve => setTimeout(resolve, pause));
    pause = Math.min(LONGEST_PAUSE, pause * 2);
  }
}

async function once(path, heard, state, ended) {
  const attempt = new AbortController();
  const stop = () => attempt.abort();
  ended.addEventListener('abort', stop);
  let silence = setTimeout(stop, SILENCE);
  try {
    const response = await authorized(path, { signal: attempt.signal, cache: 'no-store' });
    if (!response.ok) throw Object.assign(new Error(`status ${response.status}`), { denied: response.status === 401 });
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

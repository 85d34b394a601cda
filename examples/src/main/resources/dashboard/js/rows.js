// The rows of each view as the server tells them, kept by key.
export class Rows {
  constructor() {
    this.byKey = new Map();
    this.coverage = null;
    this.failing = '';
    this.reached = null;
    this.known = false;
  }

  take(event, data) {
    if (event === 'problem') { this.failing = data.detail; return; }
    this.failing = '';
    this.known = true;
    if (event === 'set') this.byKey.clear();
    data.keys.forEach((key, i) => this.byKey.set(JSON.stringify(key), { ...data.rows[i], origin: data.origins[i] }));
    for (const key of data.gone) this.byKey.delete(JSON.stringify(key));
    this.coverage = data.coverage;
    this.reached = data.reached;
  }

  list() {
    return [...this.byKey.values()];
  }
}

/** What rows of several origins are together. */
export function together(a, b) {
  if (a === undefined || a === b) return b;
  return 'both';
}

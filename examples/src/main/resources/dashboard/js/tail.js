// The raw stream as a tail, newest first; it stops while paused.
import { element, fillTable } from './card.js';
import { clock, count, minor, text, won } from './text.js';

const KEPT = 30;

export class Tail {
  constructor() {
    this.records = [];
    this.accepted = 0;
    this.paused = false;
    this.failing = false;
    this.known = false;
    this.heading = element('h2', { id: 'stream-title' });
    this.note = element('p', { class: 'note' });
    this.pause = element('button', { type: 'button', id: 'pause' });
    this.table = element('div', { class: 'table', role: 'region', tabindex: '0', 'aria-labelledby': 'stream-title' });
    this.empty = element('p', { class: 'empty' });
    this.element = element('section', { class: 'card wide', id: 'stream', 'aria-labelledby': 'stream-title' },
      element('header', {}, element('div', {}, this.heading, this.note), element('div', { class: 'tools' }, this.pause)), this.table, this.empty);
    this.pause.addEventListener('click', () => { this.paused = !this.paused; this.label(); this.draw(); });
  }

  take(event, data) {
    this.failing = event === 'problem';
    if (this.failing) return;
    this.known = true;
    this.accepted = data.accepted;
    if (this.paused) return;
    this.records = [...data.rows.reverse(), ...(event === 'set' ? [] : this.records)].slice(0, KEPT);
  }

  label() {
    this.heading.textContent = text('stream');
    this.pause.textContent = text(this.paused ? 'resume' : 'pause');
  }

  draw() {
    this.note.textContent = this.failing ? text('failing') : text('streamNote', count(this.accepted));
    this.empty.hidden = this.records.length > 0;
    this.empty.textContent = this.known ? text('empty') : '';
    this.table.hidden = this.records.length === 0;
    if (this.paused && this.table.firstChild && this.drawn === document.documentElement.lang) return;
    this.drawn = document.documentElement.lang;
    fillTable(this.table, {
      heads: ['time', 'store', 'receipt', 'product', 'division', 'quantity', 'sales'].map(key => text(key)),
      rows: this.records.map(row => [clock(row.tr_datetime), row.store_name, row.receipt_num, row.product_name, row.division_name ?? text('unknown'),
        { number: count(row.qty) }, { number: won(minor(row.mount)) }]),
    });
  }
}

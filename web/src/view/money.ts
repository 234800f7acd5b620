// Numbers as an estimate shows them. Apart from the other texts: a page that prices nothing does not load it.

import type { Bound } from '../engine/protocol.js';

export function count(value: Bound | null): string {
  if (value === null) return 'none';
  if (value === 'unbounded') return 'unbounded';
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 3 : 2 });
}

export function usd(value: Bound | null): string {
  if (value === null) return 'unknown';
  if (value === 'unbounded') return 'unbounded';
  const small = value !== 0 && Math.abs(value) < 0.01;
  return value.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: small ? 6 : 2,
  });
}

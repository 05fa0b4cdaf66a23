// A process with some witnesses in it, so that they can be frozen. Told: seats, and when to tell what they saw.
import { type Seat, Witness } from './witness.js';

export type HostOrder = { readonly sit: readonly Seat[] } | { readonly ask: 'standing' | 'history' };

const witnesses: Witness[] = [];

process.on('message', (order: HostOrder) => {
  if ('sit' in order) {
    for (const seat of order.sit) witnesses.push(new Witness(seat));
    process.send?.({ sat: order.sit.length });
  } else if (order.ask === 'standing')
    process.send?.({ standing: witnesses.map(({ standing }) => standing) });
  else process.send?.({ history: witnesses.map((witness) => witness.history()) });
});
// A run that is gone takes its witnesses with it.
process.once('disconnect', () => process.exit(0));

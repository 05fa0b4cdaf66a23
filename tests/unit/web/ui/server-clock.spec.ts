import { describe, expect, it } from '@jest/globals';
import { ServerClock } from '../../../../web/src/ui/server-clock.js';

describe('the clock of the server', () => {
  it('knows nothing before it has heard something', () => {
    expect(new ServerClock(() => 0).now()).toBeNaN();
  });

  it('counts on by itself', () => {
    let passed = 100;
    const clock = new ServerClock(() => passed);
    clock.hear(1_000_000);
    passed = 2600;
    expect(clock.now()).toBe(1_002_500);
  });

  it('a sample that was long on its way does not set it back', () => {
    let passed = 0;
    const clock = new ServerClock(() => passed);
    clock.hear(5000);
    passed = 1000;
    clock.hear(5200);
    expect(clock.now()).toBe(6000);
  });

  it('a server whose clock was set back is believed after a minute of pulses', () => {
    let passed = 0;
    const clock = new ServerClock(() => passed);
    clock.hear(1_000_000);
    for (let pulse = 1; pulse <= 60; pulse++) {
      passed = pulse * 1000;
      clock.hear(500_000 + passed);
    }
    expect(clock.now()).toBe(560_000);
  });
});

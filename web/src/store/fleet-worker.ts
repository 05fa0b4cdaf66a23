// First of all, so that no schema tries whether it may evaluate text: the security policy forbids it here as well.
import '../ui/no-eval.js';
import { FleetCore, type FleetOrder } from './fleet-core.js';

const core = new FleetCore();

addEventListener('message', ({ data }: MessageEvent<FleetOrder>) => {
  const news = core.take(data);
  if (news) postMessage(news, { transfer: news.tick ? [news.tick.buffer] : [] });
});

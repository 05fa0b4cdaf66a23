// What one would write at first: every frame decoded on the page itself, all teams as GeoJSON, given to the map anew.
import { type Answer, FrameDecoder, type Joined } from '@app/shared';
import type { Feature, Point } from 'geojson';
import { openLiveSocket } from '../../../web/src/link/live-socket.js';
import { createMaplibreEngine } from '../../../web/src/map/maplibre-engine.js';

const container = document.getElementById('map');
const scope = new URLSearchParams(location.search).get('scope') ?? '';
if (container) {
  const engine = await createMaplibreEngine({
    container,
    camera: { center: [98.2875, 39.772], zoom: 12.5 },
    background: '#0f161e',
  });
  engine.setSource('teams', { type: 'FeatureCollection', features: [] });
  engine.addLayer({
    id: 'teams',
    type: 'circle',
    source: 'teams',
    paint: { 'circle-radius': 9, 'circle-color': ['case', ['get', 'isMoving'], '#9cc0e0', '#66788a'] },
  });
  const decoder = new FrameDecoder(scope);
  const socket = openLiveSocket();
  socket.on('connect', () =>
    socket.emit('join', { protocol: 1, scope, lanes: ['positions'] }, (answer: Answer<Joined>) => {
      if (answer.ok && 'slots' in answer.roster) decoder.useRoster(answer.roster);
    }),
  );
  socket.on('positions', (frame) => {
    if (decoder.apply(new Uint8Array(frame)) !== 'ok') return;
    const features: Feature<Point>[] = [];
    for (let slot = 0; slot < decoder.count; slot++) {
      if (decoder.present[slot] !== 1) continue;
      features.push({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [decoder.lng[slot] ?? NaN, decoder.lat[slot] ?? NaN] },
        properties: { id: decoder.teamOf(slot), isMoving: (decoder.speedKmh[slot] ?? 0) > 0 },
      });
    }
    engine.setSource('teams', { type: 'FeatureCollection', features });
    document.body.dataset['shown'] = String(features.length);
  });
  socket.connect();
}

import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { TokenMay } from '../access/guard.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';

const LayerList = z.object({ items: z.array(z.object({ name: z.string(), isSchematic: z.boolean() })) });
type LayerList = z.infer<typeof LayerList>;
const Layer = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.looseObject({})) });

/** The layers that screens draw their offline map from: GeoJSON in WGS 84, each with its names in three scripts. */
@Controller('api/basemap')
export class BasemapController {
  constructor(private readonly database: Database) {}

  @Get()
  @ApiOkResponse({ standardSchema: LayerList })
  @TokenMay('read')
  async list(): Promise<LayerList> {
    const items = await this.database.query<LayerList['items'][number]>(
      'select name, is_schematic as "isSchematic" from basemap_layer order by sort',
    );
    return { items };
  }

  /** One layer, by its name with `.json` behind it. */
  @Get(':file')
  @ApiOkResponse({ standardSchema: Layer })
  @TokenMay('read')
  @Header('Cache-Control', 'private, max-age=3600')
  async layer(@Param('file') file: string): Promise<unknown> {
    const name = file.replace(/\.json$/, '');
    const [row] = await this.database.query<{ features: unknown }>(
      'select features from basemap_layer where name = $1',
      [name],
    );
    if (!row) throw new Fault('request.unknown-route', { seen: file, wanted: 'a layer of GET /api/basemap' });
    return row.features;
  }
}

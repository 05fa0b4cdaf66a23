import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type StandardSchemaConverter, SwaggerModule } from '@nestjs/swagger';
import { ERRORS, type ErrorCode } from '@app/shared';
import { z } from 'zod';

// Left to itself the framework writes schemas as OpenAPI 3.0 did: `nullable`, and no JSON Schema. Answers too are told
// as input: as output they would promise that no field is ever added.
const toOpenApi: StandardSchemaConverter = (schema) =>
  schema instanceof z.ZodType
    ? { schema: { ...z.toJSONSchema(schema, { io: 'input' }), $schema: undefined } }
    : undefined;

const ErrorAnswer = z.object({
  error: z.object({
    code: z.enum(Object.keys(ERRORS) as ErrorCode[]),
    detail: z.record(z.string(), z.unknown()),
    requestId: z.string(),
  }),
});

/** OpenAPI 3.1 at /api/openapi.json, made from the controllers' schemas, with a page at /api/docs. */
export function serveApiDocs(app: NestExpressApplication): void {
  const described = new DocumentBuilder()
    .setTitle('Xiongguan 雄关')
    .setDescription("Operations centre for a city's joint patrol and its levels of governance centres.")
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth('xg_session')
    .addBearerAuth()
    .addGlobalResponse({ status: 'default', description: 'Refused, or failed', standardSchema: ErrorAnswer })
    .build();
  SwaggerModule.setup(
    'api/docs',
    app,
    () => SwaggerModule.createDocument(app, described, { standardSchemaConverter: toOpenApi }),
    {
      jsonDocumentUrl: 'api/openapi.json',
      swaggerUiEnabled: true,
    },
  );
}

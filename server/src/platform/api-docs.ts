import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** OpenAPI 3.1 at /api/openapi.json, made from the controllers' schemas, with a page at /api/docs. */
export function serveApiDocs(app: NestExpressApplication): void {
  const described = new DocumentBuilder()
    .setTitle('Xiongguan 雄关')
    .setDescription("Operations centre for a city's joint patrol and its levels of governance centres.")
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth('xg_session')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, described), {
    jsonDocumentUrl: 'api/openapi.json',
    swaggerUiEnabled: true,
  });
}

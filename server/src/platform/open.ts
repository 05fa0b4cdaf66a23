import { SetMetadata } from '@nestjs/common';

export const OPEN = 'open';

/** A route that answers without a caller. Every other HTTP route wants one. */
export const Open = () => SetMetadata(OPEN, true);

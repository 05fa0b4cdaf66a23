import { z } from 'zod';

/** A page of a list; `next` is what to ask for next as `cursor`, or null at the end. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** The body of a command that needs no words: an empty object, so that a misspelt field is refused like any other. */
export const NoWords = z.strictObject({});
export type NoWords = z.infer<typeof NoWords>;

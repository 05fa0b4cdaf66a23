/** Column transformer: `timestamptz` in PostgreSQL, ms since 1970 inside. For `EntitySchema` columns. */
export const msColumn = {
  from: (value: Date | null): number | null => (value === null ? null : value.getTime()),
  to: (value: number | null): Date | null => (value === null ? null : new Date(value)),
};

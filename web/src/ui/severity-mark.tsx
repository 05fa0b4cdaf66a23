import { SEVERITY_COLOUR, SEVERITY_NUMERAL, type Severity } from '@app/shared';
import { useText } from './catalogue.js';

/**
 * The outline of each grade in a box of 32 × 32, gravest first: the shape tells it without the colour.
 * The numerals are Latin letters, since no subset of the font has U+2160–2163.
 */
export const SEVERITY_SHAPE = {
  1: 'M16 1 31 16 16 31 1 16Z',
  2: 'M16 2 31 29H1Z',
  3: 'M3 3H29V29H3Z',
  4: 'M16 2A14 14 0 1 1 16 30 14 14 0 1 1 16 2Z',
} as const satisfies Record<Severity, string>;

/** Where the numeral's middle lies in the shape: a triangle carries it lower. */
export const SEVERITY_NUMERAL_Y = { 1: 16, 2: 20.5, 3: 16, 4: 16 } as const satisfies Record<
  Severity,
  number
>;
/** Dark on the two light colours, white on the others. */
export const SEVERITY_INK = { 1: '#fff', 2: '#1b1206', 3: '#1b1706', 4: '#fff' } as const satisfies Record<
  Severity,
  string
>;

/** The mark of a severity: shape, colour and numeral. `size` in rem. */
export function SeverityMark({ severity, size = 1.75 }: { severity: Severity; size?: number }) {
  const text = useText();
  return (
    <svg
      className="severity-mark"
      viewBox="0 0 32 32"
      style={{ width: `${size}rem`, height: `${size}rem` }}
      role="img"
      aria-label={`${text.severityLevel[severity]} ${text.severity[severity]}`}
    >
      <path d={SEVERITY_SHAPE[severity]} fill={SEVERITY_COLOUR[severity]} />
      <text
        x="16"
        y={SEVERITY_NUMERAL_Y[severity]}
        fill={SEVERITY_INK[severity]}
        fontSize={severity === 2 ? 13 : 15}
        fontWeight="700"
        textAnchor="middle"
        dominantBaseline="central"
      >
        {SEVERITY_NUMERAL[severity]}
      </text>
    </svg>
  );
}

const TINY = 1e-17;

/**
 * The chance of seeing `k` or more of a Poisson variable with mean `mean`: P(X ≥ k).
 * Summed from the side where the terms fall, so that small chances keep their digits (relative error below 1e-12).
 * @param k whole number; 0 and below give 1
 * @param mean above 0 and at most 1e6; 0 gives 0 for k ≥ 1
 * @throws RangeError for a mean that is negative or not a number
 */
export function poissonTail(k: number, mean: number): number {
  if (!(mean >= 0)) throw new RangeError(`poissonTail: a mean of 0 or more wanted, ${mean} seen`);
  if (k <= 0) return 1;
  if (mean === 0) return 0;
  return k > mean ? sumUp(k, mean) : 1 - sumDown(k - 1, mean);
}

/** Σ P(X = i) for i ≥ k > mean: each term is smaller than the one before. */
function sumUp(k: number, mean: number): number {
  const first = Math.exp(logTerm(k, mean));
  let [sum, term] = [1, 1];
  for (let i = k + 1; term > sum * TINY; i++) {
    term *= mean / i;
    sum += term;
  }
  return Math.min(1, first * sum);
}

/** Σ P(X = i) for i ≤ k ≤ mean, from the largest term down. */
function sumDown(k: number, mean: number): number {
  const first = Math.exp(logTerm(k, mean));
  let [sum, term] = [1, 1];
  for (let i = k; i > 0 && term > sum * TINY; i--) {
    term *= i / mean;
    sum += term;
  }
  return Math.min(1, first * sum);
}

/** ln P(X = k). */
const logTerm = (k: number, mean: number): number => k * Math.log(mean) - mean - logFactorial(k);

/** ln k!: exact sum below 32, Stirling's series with three terms from there (error below 1e-13). */
function logFactorial(k: number): number {
  if (k < 32) {
    let sum = 0;
    for (let i = 2; i <= k; i++) sum += Math.log(i);
    return sum;
  }
  const inverse = 1 / k;
  const series = inverse * (1 / 12 - inverse ** 2 * (1 / 360 - inverse ** 2 / 1260));
  return k * Math.log(k) - k + 0.5 * Math.log(2 * Math.PI * k) + series;
}

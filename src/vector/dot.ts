/** The product of two vectors of equal length; of unit vectors it is their cosine similarity. */
export function dot(a: Float32Array, b: Float32Array): number {
  const whole = a.length - (a.length % 4);
  let [one, two, three, four] = [0, 0, 0, 0];
  // Four sums: in one, each addition would wait for the one before it.
  for (let at = 0; at < whole; at += 4) {
    one += (a[at] as number) * (b[at] as number);
    two += (a[at + 1] as number) * (b[at + 1] as number);
    three += (a[at + 2] as number) * (b[at + 2] as number);
    four += (a[at + 3] as number) * (b[at + 3] as number);
  }
  for (let at = whole; at < a.length; at++) one += (a[at] as number) * (b[at] as number);
  return one + two + (three + four);
}

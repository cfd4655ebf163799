/** 0 below `from`, 1 above `to`, and a soft way between. */
export function smooth(x: number, from: number, to: number): number {
  const part = Math.min(Math.max((x - from) / (to - from), 0), 1);
  return part * part * (3 - 2 * part);
}

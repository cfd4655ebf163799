/** Numbers that look random and are the same on every machine: a frozen instant always gives the same picture. */

export class Seeded {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to 1. */
  next(): number {
    this.state = (this.state * 1664525 + 1013904223) >>> 0;
    return this.state / 4294967296;
  }

  range(from: number, to: number): number {
    return from + (to - from) * this.next();
  }

  whole(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(of: readonly T[]): T {
    return of[this.whole(of.length)] as T;
  }
}

/** Smooth noise over the unit square, `cells` whole cells across, whose edges fit one another. */
export type Noise = (x: number, y: number, cells: number) => number;

export function tileNoise(seed: number): Noise {
  const random = new Seeded(seed);
  const grid = Float32Array.from({ length: 65536 }, () => random.next());
  const wrap = (i: number, cells: number) => ((i % cells) + cells) % cells;
  return (x, y, cells) => {
    const u = x * cells, v = y * cells;
    const i = Math.floor(u), j = Math.floor(v);
    const a = ease(u - i), b = ease(v - j);
    const at = (p: number, q: number) => grid[wrap(q, cells) * 256 + wrap(p, cells)] as number;
    const top = at(i, j) * (1 - a) + at(i + 1, j) * a;
    const bottom = at(i, j + 1) * (1 - a) + at(i + 1, j + 1) * a;
    return top * (1 - b) + bottom * b;
  };
}

const ease = (x: number) => x * x * (3 - 2 * x);

/** Textures painted when first used: no files, no provenance but this page. Near white, as vertex colours tint them. */
import { CanvasTexture, MathUtils, RepeatWrapping, SRGBColorSpace } from 'three';
import { Seeded, tileNoise } from './seed';

type Brush = CanvasRenderingContext2D;
const SIZE = 512;

function painted(draw: (brush: Brush) => void, colour = true): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const brush = canvas.getContext('2d');
  if (brush) draw(brush);
  const texture = new CanvasTexture(canvas);
  texture.wrapS = texture.wrapT = RepeatWrapping;
  if (colour) texture.colorSpace = SRGBColorSpace;
  return texture;
}

/** Every pixel from a function of its place in the unit square. */
function pixels(colourAt: (x: number, y: number) => readonly [number, number, number]): (brush: Brush) => void {
  return (brush) => {
    const image = brush.createImageData(SIZE, SIZE);
    for (let y = 0; y < SIZE; y++) {
      for (let x = 0; x < SIZE; x++) {
        const [red, green, blue] = colourAt(x / SIZE, y / SIZE);
        image.data.set([red, green, blue, 255], (y * SIZE + x) * 4);
      }
    }
    brush.putImageData(image, 0, 0);
  };
}

/** A height field, 0 to 1, for bump maps. */
function heights(heightAt: (x: number, y: number) => number): CanvasTexture {
  return painted(pixels((x, y) => {
    const grey = MathUtils.clamp(heightAt(x, y), 0, 1) * 255;
    return [grey, grey, grey];
  }), false);
}

function smears(brush: Brush, random: Seeded, count: number, strength: number): void {
  for (let i = 0; i < count; i++) {
    const grey = Math.round(random.range(150, 245));
    brush.fillStyle = `rgba(${grey},${grey},${grey - 6},${strength})`;
    brush.fillRect(random.next() * SIZE, random.next() * SIZE, random.range(1, 28), random.range(1, 8));
  }
}

/** Quilted blanket: 8 x 8 pillows with seams, buttons and stains; folds are shaded in, as not all machines bump. */
export function blanketColour(): CanvasTexture {
  const random = new Seeded(11), pillow = SIZE / 8, noise = tileNoise(3);
  const folds = pixels((x, y) => {
    const crease = 1 - Math.abs(2 * noise(x, y, 26) - 1), fold = noise(x, y, 11), fine = noise(x, y, 90);
    const tone = 226 - 34 * crease * crease * fold - 26 * fold * fold - 14 * fine;
    return [tone, tone - 1, tone - 10];
  });
  return painted((brush) => {
    folds(brush);
    for (let i = 0; i < 14; i++) {
      const grey = Math.round(random.range(205, 240));
      brush.fillStyle = `rgba(${grey},${grey - 1},${grey - 12},.35)`;
      brush.fillRect(random.whole(8) * pillow, random.whole(8) * pillow, pillow, pillow);
    }
    smears(brush, random, 3500, 0.07);
    for (let i = 0; i < 40; i++) {
      const x = random.next() * SIZE, y = random.next() * SIZE;
      brush.strokeStyle = `rgba(90,75,50,${random.range(0.03, 0.1)})`;
      brush.lineWidth = random.range(1, 3);
      brush.beginPath();
      brush.moveTo(x, y);
      brush.lineTo(x + random.range(-20, 20), y + random.range(0, 90));
      brush.stroke();
    }
    seamsAndButtons(brush, pillow);
  });
}

function seamsAndButtons(brush: Brush, pillow: number): void {
  brush.strokeStyle = 'rgba(70,66,55,.5)';
  brush.lineWidth = 1.3;
  for (let i = 0; i < 8; i++) {
    brush.beginPath();
    brush.moveTo(i * pillow + 0.5, 0);
    brush.lineTo(i * pillow + 0.5, SIZE);
    brush.moveTo(0, i * pillow + 0.5);
    brush.lineTo(SIZE, i * pillow + 0.5);
    brush.stroke();
  }
  brush.fillStyle = '#8d8a7c';
  for (let i = 0; i < 64; i++) {
    brush.beginPath();
    brush.arc((i % 8) * pillow, Math.floor(i / 8) * pillow, 2.6, 0, 7);
    brush.fill();
  }
}

export function blanketBump(): CanvasTexture {
  const noise = tileNoise(3);
  const ridge = (x: number, y: number, cells: number) => 1 - Math.abs(2 * noise(x, y, cells) - 1);
  return heights((x, y) => {
    const pillow = Math.sin(Math.PI * ((x * 8) % 1)) * Math.sin(Math.PI * ((y * 8) % 1));
    return 0.1 + 0.5 * Math.max(0, pillow) ** 0.35 + 0.3 * ridge(x, y, 24) * ridge(x, y, 40) + 0.1 * ridge(x, y, 96);
  });
}

/** Bolted debris shields of the American segment: 4 x 4 panels. */
export function panelColour(): CanvasTexture {
  const random = new Seeded(5), side = SIZE / 4;
  return painted((brush) => {
    brush.fillStyle = '#d8dada';
    brush.fillRect(0, 0, SIZE, SIZE);
    for (let i = 0; i < 16; i++) panel(brush, random, (i % 4) * side, Math.floor(i / 4) * side, side);
    smears(brush, random, 1500, 0.06);
  });
}

function panel(brush: Brush, random: Seeded, x: number, y: number, side: number): void {
  const grey = Math.round(random.range(200, 236));
  brush.fillStyle = `rgb(${grey},${grey},${grey - 2})`;
  brush.fillRect(x + 2, y + 2, side - 4, side - 4);
  brush.strokeStyle = 'rgba(50,50,52,.8)';
  brush.lineWidth = 1.6;
  brush.strokeRect(x + 1, y + 1, side - 2, side - 2);
  brush.fillStyle = 'rgba(70,70,72,.75)';
  for (let k = 0; k < 8; k++) {
    const s = 8 + k * 16;
    for (const [dx, dy] of [[s, 6], [s, side - 6], [6, s], [side - 6, s]] as const) {
      brush.beginPath();
      brush.arc(x + dx, y + dy, 1.5, 0, 7);
      brush.fill();
    }
  }
}

export function panelBump(): CanvasTexture {
  return heights((x, y) => {
    const u = (x * 4) % 1, v = (y * 4) % 1;
    return Math.min(u, v, 1 - u, 1 - v) < 0.012 ? 0.1 : 0.8;
  });
}

/** Solar cells: dark blue wafers with silver bus bars; a tile holds 8 x 8 of them in a thin frame. */
export function cellColour(): CanvasTexture {
  const random = new Seeded(9), side = SIZE / 8;
  return painted((brush) => {
    brush.fillStyle = '#10131f';
    brush.fillRect(0, 0, SIZE, SIZE);
    for (let i = 0; i < 64; i++) wafer(brush, random.range(60, 88), (i % 8) * side, Math.floor(i / 8) * side, side);
    brush.strokeStyle = '#b9a06a';
    brush.lineWidth = 3;
    brush.strokeRect(0, 0, SIZE, SIZE);
  });
}

function wafer(brush: Brush, blue: number, x: number, y: number, side: number): void {
  brush.fillStyle = `rgb(${Math.round(blue * 0.46)},${Math.round(blue * 0.54)},${Math.round(blue * 0.94)})`;
  brush.fillRect(x + 2, y + 2, side - 4, side - 4);
  brush.fillStyle = 'rgba(205,212,228,.5)';
  brush.fillRect(x + side / 3, y + 2, 1.4, side - 4);
  brush.fillRect(x + (2 * side) / 3, y + 2, 1.4, side - 4);
  brush.fillStyle = 'rgba(200,208,225,.13)';
  for (let k = 1; k < 10; k++) brush.fillRect(x + 2, y + 2 + k * 6, side - 4, 1);
}

/** The amber sheet that carries the cells of the eight main wings, as seen from behind and between the cells. */
export function kaptonColour(): CanvasTexture {
  const random = new Seeded(17), side = SIZE / 8;
  return painted((brush) => {
    for (let i = 0; i < 64; i++) {
      const tone = random.range(0.88, 1.06);
      brush.fillStyle = `rgb(${Math.round(172 * tone)},${Math.round(118 * tone)},${Math.round(58 * tone)})`;
      brush.fillRect((i % 8) * side, Math.floor(i / 8) * side, side, side);
      brush.strokeStyle = 'rgba(70,45,20,.7)';
      brush.strokeRect((i % 8) * side, Math.floor(i / 8) * side, side, side);
    }
    smears(brush, random, 500, 0.05);
  });
}

/** Suit cloth: a fine weave under long soft wrinkles. */
export function clothBump(): CanvasTexture {
  const noise = tileNoise(21);
  return heights((x, y) => {
    const wrinkle = (1 - Math.abs(2 * noise(x, y, 6) - 1)) ** 2 * noise(y, x, 10);
    return 0.3 + 0.45 * wrinkle + 0.3 * noise(x, y, 18) + 0.07 * Math.sin(x * 800) * Math.sin(y * 800);
  });
}

/** A capsule after entry: streaks of soot along the flow, tan ablator showing through. */
export function scorchColour(): CanvasTexture {
  const noise = tileNoise(33), random = new Seeded(4);
  const scorched = pixels((x, y) => {
    const streaks = noise(x, y * 0.08, 32) * 0.3 + noise(x, y * 0.2, 14) * 0.35 + noise(x, y * 0.6, 6) * 0.45;
    const burnt = MathUtils.clamp(streaks * 1.35 + (0.45 - y) * 0.8 - 0.25, 0, 1);
    const grain = noise(x, y, 48) * 0.12;
    return [150 - 122 * burnt + 40 * grain, 133 - 109 * burnt + 37 * grain, 114 - 92 * burnt + 33 * grain];
  });
  return painted((brush) => {
    scorched(brush);
    for (let i = 0; i < 60; i++) {
      brush.fillStyle = `rgba(15,12,10,${random.range(0.03, 0.12)})`;
      brush.fillRect(random.next() * SIZE, random.next() * SIZE, random.range(3, 14), random.range(40, 190));
    }
  });
}

/** A soft round puff of smoke or dust, for billboards: opacity in alpha. */
export function puffColour(): CanvasTexture {
  const noise = tileNoise(41);
  return painted((brush) => {
    const image = brush.createImageData(SIZE, SIZE);
    for (let i = 0; i < SIZE * SIZE; i++) {
      const x = (i % SIZE) / SIZE, y = Math.floor(i / SIZE) / SIZE;
      const cloud = 0.45 * noise(x, y, 5) + 0.3 * noise(x, y, 11) + 0.25 * noise(x, y, 23);
      const edge = 1 - 2 * Math.hypot(x - 0.5, y - 0.5);
      const alpha = MathUtils.smoothstep(edge + 0.7 * (cloud - 0.5), 0.02, 0.6);
      const tone = 190 + 65 * cloud;
      image.data.set([tone, tone, tone, alpha * 255], i * 4);
    }
    brush.putImageData(image, 0, 0);
  });
}

/** Small line drawings, 16 by 16. They stand beside a word or carry a label. */
const paths = {
  pass: 'M3 8.5l3.3 3.3L13 4.8',
  fail: 'M4 4l8 8m0-8l-8 8',
  unknown: 'M5.4 6.2c0-3.600 5.400-3.400 5.400-.2C10.800 8 8 8 8 10.300M8 12.300v1.600',
  play: 'M5 3l8 5-8 5z',
  pause: 'M5.500 3v10M10.500 3v10',
  previous: 'M12 3L6 8l6 5M4 3v10',
  next: 'M4 3l6 5-6 5M12 3v10',
  back: 'M8.500 3.500L4 8l4.500 4.500M13 3.500L8.500 8l4.500 4.500',
  on: 'M7.500 3.500L12 8l-4.500 4.500M3 3.500L7.500 8 3 12.500',
  back_one: 'M10.500 3.500L6 8l4.500 4.500',
  on_one: 'M5.500 3.500L10 8l-4.500 4.500',
  share: 'M8 10V2M5 5l3-3 3 3M3 8v6h10V8',
  now: 'M2 4h12M2 8h8M2 12h10',
  data: 'M2 12l4-5 3 3 5-7',
  time: 'M2 4h6M5 8h9M3 12h5M10 2v12',
  full: 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4',
  theme: 'M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12',
  help: 'M5.500 6c0-3.400 5-3.200 5-.2C10.500 7.800 8 7.800 8 10M8 12.200v1.600',
  close: 'M4 4l8 8m0-8l-8 8',
  gallery: 'M2 3h12v10H2zM2 11l4-4 3.500 3.500L11.500 9 14 11.500',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

/** How wide an element is, for drawings that are made for their pixels. */
import { useEffect, useState } from 'preact/hooks';

/** 0 until the element has been laid out. */
export function useWidth(host: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return width;
}

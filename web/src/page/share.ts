/** Copy the address of this moment. */
import { linkNow } from './link';
import { quiet, tell } from './store';
import { both } from './words';

const shown_ms = 5000;

export async function shareMoment(): Promise<void> {
  const address = linkNow();
  try {
    await navigator.clipboard.writeText(address);
    tell('share', both('shared'));
    window.setTimeout(() => quiet('share'), shown_ms);
  } catch {
    // Without the right to the clipboard the address is shown, to be copied by hand.
    tell('share', { en: `${both('share_by_hand').en} ${address}`, ru: `${both('share_by_hand').ru} ${address}` });
  }
}

/** The row of cameras over the picture; number keys follow its order. */
import { cameras, shortcuts, sight, view } from './store';
import { pick, say } from './words';

const director = 'director';

/** Ids in the order of the buttons, the director first. */
export function viewIds(): readonly string[] {
  const made = cameras.value.map((camera) => camera.id);
  return made.includes(director) ? made : [director, ...made];
}

function labelOf(id: string): string {
  const camera = cameras.value.find((one) => one.id === id);
  return camera ? pick(camera.label) : say('director');
}

export function CameraBar() {
  const shows = sight.value?.live.id;
  return (
    <div class="cameras" role="group" aria-label={say('camera')}>
      {viewIds().map((id, place) => (
        <button
          key={id} aria-pressed={view.value === id} data-view={id}
          aria-keyshortcuts={shortcuts.value && place < 9 ? String(place + 1) : undefined}
          class={view.value !== id && shows === id ? 'standing-in' : ''}
          onClick={() => { view.value = id; }}
        >
          {labelOf(id)}
        </button>
      ))}
    </div>
  );
}

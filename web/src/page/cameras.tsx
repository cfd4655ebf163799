/** The row of cameras over the picture; number keys follow its order. */
import { cameras, nowRead, shortcuts, sight, view } from './store';
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

/** How a camera's button looks: chosen by the director, showing nothing now, or as usual. */
function stateOf(id: string): string {
  if (view.value !== id && sight.value?.live.id === id) return 'standing-in';
  const camera = cameras.value.find((one) => one.id === id);
  return camera && nowRead.value && !camera.works(nowRead.value) ? 'idle' : '';
}

export function CameraBar() {
  return (
    <div class="cameras" role="group" aria-label={say('camera')}>
      {viewIds().map((id, place) => (
        <button
          key={id} aria-pressed={view.value === id} data-view={id} class={stateOf(id)}
          aria-keyshortcuts={shortcuts.value && place < 9 ? String(place + 1) : undefined}
          onClick={() => { view.value = id; }}
        >
          {labelOf(id)}
        </button>
      ))}
    </div>
  );
}

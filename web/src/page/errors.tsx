/** What people should know about the page itself: one sentence each, in a corner, and read out once. */
import { Icon } from './icons';
import { message, quiet } from './store';
import { pick, say } from './words';

export function Messages() {
  return (
    <div class="messages" role="status">
      {[...message.value].map(([subject, text]) => (
        <p key={subject}>
          <span>{pick(text)}</span>
          <button aria-label={say('close')} onClick={() => quiet(subject)}><Icon name="close" /></button>
        </p>
      ))}
    </div>
  );
}

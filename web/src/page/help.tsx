/** Help: what the page is, every key, and the few settings. */
import { useEffect, useRef } from 'preact/hooks';
import { chooseLanguage, switchTheme } from './header';
import { isFull, toggleFullScreen } from './full';
import { Icon, type IconName } from './icons';
import { setCaptions, setShortcuts } from './keys';
import { shareMoment } from './share';
import { captions, dialog, lang, scene, shortcuts } from './store';
import { say, type Word } from './words';

const keys: readonly (readonly [readonly string[], Word])[] = [
  [['Space'], 'key_space'],
  [['←', '→'], 'key_arrows'],
  [['[', ']'], 'key_brackets'],
  [[',', '.'], 'key_speed'],
  [['Home', 'End'], 'key_home'],
  [['1', '…', '9'], 'key_cameras'],
  [['W', 'A', 'S', 'D'], 'key_turn'],
  [['+', '−', 'R'], 'key_nearer'],
  [['L'], 'key_live'],
  [['C'], 'key_captions'],
  [['G'], 'key_gallery'],
  [['M'], 'key_map'],
  [['P'], 'key_picture'],
  [['F'], 'key_full'],
  [['?'], 'key_help'],
];

/** What is written on the key. */
const keyName = (name: string): string => (name === 'Space' ? say('space_key') : name);

export function Help() {
  const box = useRef<HTMLDialogElement | null>(null);
  const up = useRef(false);             // a closing that is told late must not close the next opening
  const open = dialog.value === 'help';
  useEffect(() => {
    up.current = open;
    if (open && !box.current?.open) box.current?.showModal();
    if (!open) box.current?.close();
  }, [open]);
  const leave = (): void => { if (dialog.value === 'help') dialog.value = 'none'; };
  return (
    <dialog class="help" ref={box} aria-labelledby="help-head" onClose={() => { if (up.current && !box.current?.open) leave(); }}
      onClick={(event) => { if (event.target === box.current) leave(); }}>
      {open && <HelpBody leave={leave} />}
    </dialog>
  );
}

function HelpBody({ leave }: { readonly leave: () => void }) {
  return (
    <div class="dialog-body">
      <div class="dialog-head">
        <h2 id="help-head">{say('help_title')}</h2>
        <button aria-label={say('close')} onClick={leave}><Icon name="close" /></button>
      </div>
      <p>{say('help_what')}</p>
      <h3>{say('settings')}</h3>
      <Settings />
      <h3>{say('keys')}</h3>
      <dl class="keys">
        {keys.map(([names, word]) => (
          <div key={word}>
            <dt>{names.map((name) => <kbd key={name}>{keyName(name)}</kbd>)}</dt><dd>{say(word)}</dd>
          </div>
        ))}
      </dl>
      {scene.value && (
        <p class="quiet">
          {say('made_by', { program: scene.value.made_by })} <a href="./NOTICES.txt">{say('notices')}</a>
        </p>
      )}
    </div>
  );
}

function Settings() {
  const other = lang.value === 'en' ? 'ru' : 'en';
  return (
    <div class="settings">
      <Switch on={captions.value} word="captions_on" set={setCaptions} />
      <Switch on={shortcuts.value} word="keys_on" set={setShortcuts} />
      <div class="actions">
        <button lang={other} onClick={() => chooseLanguage(other)}>{say('other_language')}</button>
        <Action icon="gallery" word="gallery" act={() => { dialog.value = 'gallery'; }} />
        <Action icon="theme" word="theme" act={switchTheme} />
        <Action icon="full" word={isFull.value ? 'leave_full_screen' : 'full_screen'} act={toggleFullScreen} />
        <Action icon="share" word="share" act={shareFromHere} />
      </div>
    </div>
  );
}

/** What is said about it would lie behind the dialog. */
function shareFromHere(): void {
  dialog.value = 'none';
  void shareMoment();
}

interface ActionProps {
  readonly icon: IconName;
  readonly word: Word;
  readonly act: () => void;
}

function Action({ icon, word, act }: ActionProps) {
  return <button onClick={act}><Icon name={icon} />{say(word)}</button>;
}

interface SwitchProps {
  readonly on: boolean;
  readonly word: Word;
  readonly set: (on: boolean) => void;
}

function Switch({ on, word, set }: SwitchProps) {
  return (
    <label class="switch">
      <input type="checkbox" checked={on} onChange={(event) => set(event.currentTarget.checked)} />{say(word)}
    </label>
  );
}

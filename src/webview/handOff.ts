import { render } from 'lit-html';
import { whileSeen } from './clocks.ts';
import type { EntryProgress } from './entryField.ts';
import { emptyField, entryKey, untouched } from './entryField.ts';
import type { HandOffLook } from './handOffView.ts';
import { handOffView } from './handOffView.ts';
import { onPush, remember, remembered, send, startModel } from './host.ts';
import { announce, keepPlace } from './page.ts';

/** The hand-off table's page: draws the model, keeps what is only the page's, passes intents on. */
function start(): void {
  let model = startModel();
  let copied: string | undefined;
  let untick: ReturnType<typeof setTimeout> | undefined;
  const entries = new Map<string, EntryProgress>();
  const open = new Set(remembered().open);

  const draw = (): void => {
    const root = document.getElementById('root');
    if (!root || model?.kind !== 'handOff') return;
    const look: HandOffLook = {
      now: Date.now() + (model.clockAhead ?? 0),
      copied,
      entries,
      open,
      setEntry(key, progress) {
        entries.set(key, progress);
        draw();
      },
      setOpen(id, isOpen) {
        if (isOpen) open.add(id);
        else open.delete(id);
        remember({ open: [...open] });
      },
    };
    render(handOffView(model, look), root);
  };

  onPush((push) => {
    if (push.type === 'state') {
      model = push.model;
    } else if (push.type === 'notCopied') {
      announce(push.sentence);
    } else if (push.type === 'copied') {
      copied = push.what;
      announce(push.sentence);
      clearTimeout(untick);
      untick = setTimeout(() => {
        copied = undefined;
        draw();
      }, 2500);
    } else {
      const key = entryKey({
        field: push.field,
        ...(push.domain === undefined ? {} : { domain: push.domain }),
      });
      if (push.accepted) {
        emptyField(key);
        announce(push.sentence);
        entries.set(key, untouched);
      } else {
        entries.set(key, { open: true, busy: false, refused: push.sentence });
      }
    }
    draw();
  });

  whileSeen(draw);
  keepPlace();
  send({ type: 'ready' });
}

start();

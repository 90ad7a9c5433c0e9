import type { EntryProgress } from './entryField.ts';
import { emptyField, entryKey, untouched } from './entryField.ts';
import { handOffView } from './handOffView.ts';
import { remember, remembered } from './host.ts';
import { startPage } from './page.ts';
import { announce } from './say.ts';

/** How long the tick of a copied value shows, in milliseconds. */
const tickFor = 2_500;

/** The hand-off table's page: keeps what was copied, which fields are open and how each entry fared. */
function start(): void {
  let copied: string | undefined;
  let untick: ReturnType<typeof setTimeout> | undefined;
  const entries = new Map<string, EntryProgress>();
  const open = new Set(remembered().open);

  const redraw = startPage({
    kind: 'handOff',
    view: (model, now) =>
      handOffView(model, {
        now,
        copied,
        entries,
        open,
        setEntry(key, progress) {
          entries.set(key, progress);
          redraw();
        },
        setOpen(id, isOpen) {
          if (isOpen) open.add(id);
          else open.delete(id);
          remember({ open: [...open] });
        },
      }),
    onAnswer(answer) {
      if (answer.type === 'notCopied') {
        announce(answer.sentence);
      } else if (answer.type === 'copied') {
        copied = answer.what;
        announce(answer.sentence);
        clearTimeout(untick);
        untick = setTimeout(() => {
          copied = undefined;
          redraw();
        }, tickFor);
      } else {
        const key = entryKey({
          field: answer.field,
          ...(answer.domain === undefined ? {} : { domain: answer.domain }),
        });
        if (answer.accepted) {
          emptyField(key);
          announce(answer.sentence);
          entries.set(key, untouched);
        } else {
          entries.set(key, { open: true, busy: false, refused: answer.sentence });
        }
      }
    },
  });
}

start();

import { render } from 'lit-html';
import { whileSeen } from './clocks.ts';
import { onPush, remember, remembered, send, startModel } from './host.ts';
import { announce, keepPlace } from './page.ts';
import { statusView } from './statusView.ts';

const pageful = 100;

/** The status panel's page: draws the model in place, keeps filter and scroll, passes intents on. */
function start(): void {
  let model = startModel();
  let { filter, kind } = remembered();
  let shown = pageful;

  const draw = (): void => {
    const root = document.getElementById('root');
    if (!root || model?.kind !== 'status') return;
    const look = {
      now: Date.now() + (model.clockAhead ?? 0),
      filter,
      kind,
      shown,
      setFilter(typed: string): void {
        filter = typed;
        shown = pageful;
        remember({ filter });
        draw();
      },
      setKind(chosen: string): void {
        kind = chosen;
        shown = pageful;
        remember({ kind });
        draw();
      },
      showMore(): void {
        shown += pageful;
        draw();
      },
    };
    render(statusView(model, look), root);
  };

  onPush((push) => {
    if (push.type === 'copied') announce(push.sentence);
    if (push.type !== 'state') return;
    model = push.model;
    draw();
  });

  whileSeen(draw);
  keepPlace();
  send({ type: 'ready' });
}

start();

import { remember, remembered } from './host.ts';
import { startPage } from './page.ts';
import { matching } from './people.ts';
import { announce, hear } from './say.ts';
import { statusView } from './statusView.ts';

const pageful = 100;
/** How long typing rests before the number of matches is said, in milliseconds. */
const typingPause = 600;

/** The status panel's page: keeps filter and length of the list of people. */
function start(): void {
  let { filter, kind } = remembered();
  let shown = pageful;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const redraw = startPage({
    kind: 'status',
    view(model, now) {
      const { people, provisioning } = model;
      if (provisioning.loading !== true && !model.empty) {
        remember({ events: provisioning.events.length, chart: provisioning.runs.length > 1 });
      }
      const { events, chart } = remembered();
      const narrow = (change: { filter: string } | { kind: string }): void => {
        ({ filter, kind } = { filter, kind, ...change });
        shown = pageful;
        remember(change);
        redraw();
        clearTimeout(pause);
        pause = setTimeout(
          () => hear([`${people.title}: ${matching(people.rows, filter, kind).length}`]),
          typingPause,
        );
      };
      return statusView(model, {
        now,
        filter,
        kind,
        shown,
        events,
        chart,
        setFilter: (typed) => narrow({ filter: typed }),
        setKind: (chosen) => narrow({ kind: chosen }),
        showMore() {
          shown += pageful;
          redraw();
        },
      });
    },
    onAnswer(answer) {
      if (answer.type === 'copied') announce(answer.sentence);
    },
  });
}

start();

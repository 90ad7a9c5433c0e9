import { entraCycle, kiroCycle, quarantineLasts, untilSeat, verificationLifetime } from '../../guide/kiro.ts';
import { text, type Text } from '../../guide/text.ts';

/** How long each wait takes, so that nobody repairs what only takes its time. */
export function clockLines(say: (text: Text) => string): readonly string[] {
  const clocks: readonly (readonly [Text, number])[] = [
    [text('A verification value has to stand in DNS within'), verificationLifetime],
    [text('Entra pushes changes about every'), entraCycle],
    [text('Kiro makes seats about every'), kiroCycle],
    [text('From a change in Entra to a seat: up to'), untilSeat],
    [text('A job that stays in quarantine is switched off after'), quarantineLasts],
  ];
  return [
    `## ${say(text('Clocks'))}`,
    '',
    ...clocks.map(([what, milliseconds]) => `- ${say(what)} ${say(duration(milliseconds))}`),
    '',
  ];
}

function duration(milliseconds: number): Text {
  const minutes = Math.round(milliseconds / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return text('{0} minutes', minutes);
  if (rest > 0) return text('{0} hours {1} minutes', hours, rest);
  return hours > 48 ? text('{0} days', hours / 24) : text('{0} hours', hours);
}

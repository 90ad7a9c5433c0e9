import assert from 'node:assert/strict';
import { panelHtml } from '../../../src/ui/panels/html.ts';

const parts = {
  cspSource: 'https://panel.example',
  script: 'https://panel.example/handOff.js',
  styles: ['https://panel.example/panel.css'],
  language: 'de',
  title: 'A "title" <here>',
  start: {},
};

describe('page of a panel', () => {
  it('lets nothing load but its own script, styles and font', () => {
    const html = panelHtml(parts);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const directives = new Map(policy.split('; ').map((one) => [one.split(' ')[0], one]));
    assert.equal(directives.get('default-src'), `default-src 'none'`);
    assert.equal(directives.get('style-src'), 'style-src https://panel.example');
    assert.equal(directives.get('font-src'), 'font-src https://panel.example');
    assert.match(directives.get('script-src') ?? '', /^script-src 'nonce-[A-Za-z0-9+/=]{22,}'$/);
    assert.doesNotMatch(policy, /unsafe|\*/);
  });

  it('uses a nonce once', () => {
    const nonce = (html: string): string | undefined => /nonce="([^"]+)"/.exec(html)?.[1];
    assert.notEqual(nonce(panelHtml(parts)), nonce(panelHtml(parts)));
  });

  it('keeps start data inert, whatever it holds', () => {
    const evil = { name: '</script><script>alert(1)</script><!--' };
    const html = panelHtml({ ...parts, start: evil });
    const data = /id="start">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    assert.deepEqual(JSON.parse(data), evil);
    assert.equal(html.match(/<script/g)?.length, 2);
    assert.doesNotMatch(html, /<here>/);
  });
});

import assert from 'node:assert/strict';
import { answerOf, consentForAll, graphTools, startLogin } from './support.ts';
import type { Browser, Login } from './support.ts';

describe('sandbox login server: pages', () => {
  let login: Login;
  let browser: Browser;
  beforeEach(async () => {
    login = await startLogin();
    browser = login.browser();
    login.addKiro();
    consentForAll(login.state);
  });
  afterEach(() => login.close());

  const start = (more: Record<string, string> = {}) => browser.open(login.authorizeUrl(more));
  const toPassword = async (username: string) => {
    const named = await browser.press(await start(), 'data-testid="another-account"');
    return browser.press(named, 'data-testid="next"', { username });
  };

  it('signs in by name and password', async () => {
    const page = await toPassword('PERSON1@contoso.com');
    const wrong = await browser.press(page, 'data-testid="sign-in"', { password: 'no' });
    assert.match(wrong.html, /AADSTS50126/);
    const done = await browser.press(wrong, 'data-testid="sign-in"', { password: 'secret-1' });
    assert.ok(answerOf(done).has('code'));
  });

  it('shows no password, and one that is asked for is masked', async () => {
    const page = await toPassword('person1@contoso.com');
    for (const { html } of [page, await start()]) assert.doesNotMatch(html, /secret-\d/);
    assert.match(page.html, /type="password"/);
  });

  it('tells an unknown name from a personal account and from one that is disabled', async () => {
    assert.match((await toPassword('nobody@contoso.com')).html, /AADSTS50034/);
    assert.match((await toPassword('somebody@outlook.com')).html, /AADSTS50020/);
    [...login.state.tenant.users.values()][0]!.accountEnabled = false;
    const page = await toPassword('person1@contoso.com');
    const refused = await browser.press(page, 'data-testid="sign-in"', { password: 'secret-1' });
    assert.match(refused.html, /AADSTS50057/);
  });

  it('locks an account after ten wrong passwords', async () => {
    let page = await toPassword('person1@contoso.com');
    for (let n = 0; n < 10; n++)
      page = await browser.press(page, 'data-testid="sign-in"', { password: `wrong ${String(n)}` });
    page = await browser.press(page, 'data-testid="sign-in"', { password: 'secret-1' });
    assert.match(page.html, /AADSTS50053/);
  });

  it('leads back from every page, and away with a refusal', async () => {
    const named = await browser.press(await start(), 'data-testid="another-account"');
    const password = await toPassword('person1@contoso.com');
    for (const page of [named, password]) {
      assert.match(
        (await browser.press(page, 'data-testid="back"', { step: 'back' })).html,
        /Pick an account/,
      );
      const away = await browser.press(page, 'data-testid="cancel"', { step: 'cancel' });
      const answer = answerOf(away);
      assert.deepEqual([answer.get('error'), answer.get('error_subcode')], ['access_denied', 'cancel']);
      assert.match(answer.get('error_description') ?? '', /^AADSTS65004/);
    }
    const over = await browser.press(password, 'data-testid="sign-in"', { password: 'secret-1' });
    assert.match(over.html, /This page is over/);
  });

  it('leads back to the application from "Need admin approval", or to another account', async () => {
    const scope = 'https://graph.microsoft.com/Group.Read.All';
    const graph = { client_id: graphTools, redirect_uri: 'http://localhost:1', scope };
    const refused = await browser.press(await start(graph), 'account-person2@contoso.com');
    assert.match(refused.html, /AADSTS90094/);
    const picker = await browser.press(refused, 'data-testid="switch"', { step: 'switch' });
    const consent = await browser.press(picker, 'account-person1@contoso.com');
    assert.match(consent.html, /data-testid="accept"/);
    const other = await browser.press(
      await start({ ...graph, prompt: 'select_account' }),
      'account-person2@contoso.com',
    );
    const back = await browser.press(other, 'data-testid="cancel"', { step: 'cancel' });
    assert.equal(answerOf(back).get('error'), 'access_denied');
    assert.equal(answerOf(back).get('state'), 's t');
  });

  it('asks for a new password in place of an expired one', async () => {
    await login.control('account', { userPrincipalName: 'person1@contoso.com', passwordExpired: true });
    const page = await browser.press(await toPassword('person1@contoso.com'), 'data-testid="sign-in"', {
      password: 'secret-1',
    });
    assert.match(page.html, /Update your password/);
    const unlike = { password: 'secret-1', new: 'A-new-one-1', again: 'Another-1' };
    assert.match((await browser.press(page, 'data-testid="sign-in"', unlike)).html, /role="alert"/);
    const done = await browser.press(page, 'data-testid="sign-in"', { ...unlike, again: 'A-new-one-1' });
    assert.ok(answerOf(done).has('code'));
    assert.equal(login.state.tenant.accounts[0]?.password, 'A-new-one-1');
  });

  it('needs no script but the one that posts a form, which a strict policy allows by its nonce', async () => {
    const response = await fetch(login.authorizeUrl());
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.doesNotMatch(await response.text(), /<script|\son\w+=/);
    const posted = await browser.press(
      await start({ response_mode: 'form_post' }),
      'account-person1@contoso.com',
    );
    assert.match(posted.html, /<script nonce="[^"]+">/);
  });

  it('writes each attempt to the sign-in log', async () => {
    const page = await toPassword('person1@contoso.com');
    await browser.press(page, 'data-testid="sign-in"', { password: 'no' });
    await browser.press(page, 'data-testid="sign-in"', { password: 'secret-1' });
    const codes = login.state.tenant.signIns.map((row) => (row['status'] as { errorCode: number }).errorCode);
    assert.deepEqual(codes, [50126, 0]);
  });
});

import type { Locator, Page } from 'playwright-core';

/** The sandbox's Kiro console, with its tab that stands for a DNS provider. */
export class ConsolePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async makeProfile(applicationId: string, tenantId: string): Promise<void> {
    await this.#tab('overview');
    await this.at('application-id').fill(applicationId);
    await this.at('tenant-id').fill(tenantId);
    await this.at('create-profile').click();
    await this.at('notice').waitFor();
  }

  /** Answers with the domain's verification value. */
  async addDomain(name: string): Promise<string> {
    await this.#tab('identity');
    await this.at('domain-name').fill(name);
    await this.at('add-domain').click();
    return this.#domain(name).getByTestId('verification-value').innerText();
  }

  /** Adds a TXT record; `name` is what stands before the zone. */
  async addRecord(zone: string, name: string, value: string): Promise<void> {
    await this.#tab('dns');
    await this.at('record-zone').selectOption(zone);
    await this.at('record-name').fill(name);
    await this.at('record-value').fill(value);
    await this.at('add-record').click();
    await this.at('notice').waitFor();
  }

  /** Answers with the domain's status after the console has looked it up. */
  async checkDomain(name: string): Promise<string> {
    await this.#tab('identity');
    // The answer is a page of its own; the one before it says what was.
    const loaded = this.page.waitForEvent('load');
    await this.at('check-domains').click();
    await loaded;
    return this.#domain(name).getByTestId('domain-status').innerText();
  }

  async makeToken(): Promise<{ readonly endpoint: string; readonly secret: string }> {
    await this.#tab('identity');
    await this.at('generate-token').click();
    const secret = await this.at('token-secret').innerText();
    return { endpoint: await this.at('scim-endpoint').innerText(), secret };
  }

  /** Revokes every access token. */
  async revokeTokens(): Promise<void> {
    await this.#tab('identity');
    const tokens = this.at('tokens').getByTestId('revoke-token');
    for (let left = await tokens.count(); left > 0; left -= 1) await this.revokeOldestToken();
  }

  async revokeOldestToken(): Promise<void> {
    await this.#tab('identity');
    const loaded = this.page.waitForEvent('load');
    await this.at('tokens').getByTestId('revoke-token').first().click();
    await loaded;
  }

  /** User name and `externalId` of everyone who has arrived. */
  async people(): Promise<ReadonlyMap<string, string>> {
    await this.#tab('people');
    const rows = await this.page.locator('[data-testid^="user-"]').all();
    const pairs = rows.map(async (row) => {
      const id = (await row.getAttribute('data-testid')) ?? '';
      return [id.slice('user-'.length), await row.getByTestId('external-id').innerText()] as const;
    });
    return new Map(await Promise.all(pairs));
  }

  async subscribe(group: string): Promise<void> {
    await this.#tab('subscriptions');
    await this.at('subscribe-group').selectOption({ label: group });
    await this.at('subscribe').click();
    await this.at('notice').waitFor();
  }

  async activateSeats(): Promise<void> {
    await this.#tab('subscriptions');
    await this.at('activate-all').click();
    await this.at('notice').waitFor();
  }

  /** Lets the sandbox's clock run on by 40, 360 or 1440 minutes. */
  async advance(minutes: 40 | 360 | 1440): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.at(`advance-${minutes}`).click();
    await loaded;
  }

  at(id: string): Locator {
    return this.page.getByTestId(id);
  }

  async #tab(name: string): Promise<void> {
    await this.at(`tab-${name}`).click();
    await this.page.waitForLoadState();
  }

  #domain(name: string): Locator {
    return this.at(`domain-${name}`);
  }
}

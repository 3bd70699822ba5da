package io.s3s3.internal.call;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryBudget}.
 */
class RetryBudgetTests {

	private final RetryBudget budget = new RetryBudget();

	@Test
	void allowsAHundredRoundsWithoutASuccess() {
		assertThat(drain()).isEqualTo(100);
		assertThat(this.budget.tryAcquire()).isFalse();
	}

	@Test
	void getsBackWhatACallTookThatSucceeded() {
		drain();

		this.budget.succeeded(2);

		assertThat(drain()).isEqualTo(2);
	}

	@Test
	void growsWithCallsThatTookNothing() {
		drain();

		for (int i = 0; i < 5; i++) {
			this.budget.succeeded(0);
		}

		assertThat(drain()).isEqualTo(1);
	}

	@Test
	void holdsNoMoreThanItBeganWith() {
		this.budget.succeeded(50);
		this.budget.tryAcquire();
		this.budget.succeeded(50);

		assertThat(drain()).isEqualTo(100);
	}

	@Test
	void allowsNothingOnceClosed() {
		this.budget.close();
		this.budget.succeeded(50);

		assertThat(drain()).isZero();
	}

	private int drain() {
		int rounds = 0;
		while (this.budget.tryAcquire()) {
			rounds++;
		}
		return rounds;
	}

}

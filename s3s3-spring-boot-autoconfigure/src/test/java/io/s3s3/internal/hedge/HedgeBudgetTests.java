package io.s3s3.internal.hedge;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HedgeBudget}.
 */
class HedgeBudgetTests {

	@Test
	void boundsWhatIsSpentByTheBurstAndAPartOfTheRest() {
		HedgeBudget budget = new HedgeBudget(10, 2);
		int spent = 0;

		for (int i = 0; i < 10_000; i++) {
			spent += budget.tryAcquire() ? 1 : 0;
			budget.earn();
		}

		assertThat(spent).isBetween(209, 210);
	}

	@Test
	void holdsNoMoreThanTheBurst() {
		HedgeBudget budget = new HedgeBudget(3, 100);
		budget.earn();
		budget.giveBack();

		assertThat(budget.left()).isEqualTo(3);
		for (int i = 0; i < 3; i++) {
			assertThat(budget.tryAcquire()).isTrue();
		}
		assertThat(budget.tryAcquire()).isFalse();
	}

	@Test
	void takesBackWhatWasNotSpent() {
		HedgeBudget budget = new HedgeBudget(1, 1);
		budget.tryAcquire();

		budget.giveBack();

		assertThat(budget.tryAcquire()).isTrue();
	}

}

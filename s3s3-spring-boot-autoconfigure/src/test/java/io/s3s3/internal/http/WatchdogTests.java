package io.s3s3.internal.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WatchdogTests {

	private static final long PATIENCE_SECONDS = 30;

	private final CountDownLatch looks = new CountDownLatch(5);

	@ParameterizedTest
	@ValueSource(classes = { OutOfMemoryError.class, StackOverflowError.class, LinkageError.class,
			IllegalStateException.class })
	void looksAfterTheOthersWhateverOneThrows(Class<? extends Throwable> type) throws InterruptedException {
		try (Watchdog watchdog = new Watchdog()) {
			watchdog.watch((now) -> sneak(type));
			watchdog.watch((now) -> this.looks.countDown());

			assertThat(this.looks.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void looksAgainAfterItHadNothingToLookAfter() throws InterruptedException {
		try (Watchdog watchdog = new Watchdog()) {
			Watchdog.Watched first = (now) -> this.looks.countDown();
			watchdog.watch(first);
			watchdog.forget(first);
			watchdog.watch((now) -> this.looks.countDown());

			assertThat(this.looks.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
		}
	}

	private static void sneak(Class<? extends Throwable> type) {
		try {
			WatchdogTests.<RuntimeException>sneak(type.getDeclaredConstructor().newInstance());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> void sneak(Throwable throwable) throws E {
		throw (E) throwable;
	}

}

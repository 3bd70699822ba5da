package io.s3s3.internal.consistency;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

class HorizonTests {

	private static final long HORIZON = TimeUnit.MINUTES.toNanos(15);

	private final RecentWrites writes = new RecentWrites(1_000_000);

	private final Confirmer elsewhere = Mockito.mock(Confirmer.class);

	private final List<ScheduledExecutorService> threads = new ArrayList<>();

	private final Horizon horizon = horizon(HORIZON);

	@Test
	void asksForWhatOnlyHomeHasKnownForLong() {
		write("old", LocationRole.PRIMARY, HORIZON + 1);
		write("elsewhere", LocationRole.SECONDARY, HORIZON + 1);
		write("arrived", LocationRole.PRIMARY, HORIZON + 1);
		this.writes.changed("arrived", (history) -> history.confirmed(LocationRole.SECONDARY,
				new Sighting(true, ObjectIdentity.of("arrived", "e"), null, null)));
		write("new", LocationRole.PRIMARY, HORIZON / 2);

		look();

		Mockito.verify(this.elsewhere).awaitLate(List.of("old"), LocationRole.PRIMARY);
	}

	@Test
	void hasAThreadOnlyWhileSomethingMayBecomeDue() {
		assertThat(this.threads).isEmpty();
		write("key", LocationRole.PRIMARY, 0);
		write("other", LocationRole.PRIMARY, 0);
		look();
		assertThat(this.threads).hasSize(1);
		Mockito.verify(this.threads.get(0), Mockito.never()).shutdown();

		this.writes.forget("key");
		this.writes.forget("other");
		look();
		Mockito.verify(this.threads.get(0)).shutdown();

		write("key", LocationRole.PRIMARY, 0);
		assertThat(this.threads).hasSize(2);
	}

	@Test
	void hasNoThreadIfNothingIsToBeAskedFor() {
		Horizon never = horizon(0);
		never.written();
		this.horizon.close();
		this.horizon.written();

		assertThat(this.threads).isEmpty();
	}

	private Horizon horizon(long nanos) {
		Horizon horizon = new Horizon(nanos, this.writes, new TrafficDirector(HealthSettings.DEFAULTS, List.of()),
				this.elsewhere);
		Supplier<ScheduledExecutorService> begun = () -> {
			this.threads.add(Mockito.mock(ScheduledExecutorService.class));
			return this.threads.get(this.threads.size() - 1);
		};
		ReflectionTestUtils.setField(horizon, "threads", begun);
		return horizon;
	}

	private void look() {
		if (this.threads.isEmpty()) {
			this.horizon.written();
		}
		ArgumentCaptor<Runnable> task = ArgumentCaptor.forClass(Runnable.class);
		Mockito.verify(this.threads.get(this.threads.size() - 1))
			.scheduleWithFixedDelay(task.capture(), Mockito.eq(HORIZON / 15), Mockito.eq(HORIZON / 15),
					Mockito.eq(TimeUnit.NANOSECONDS));
		task.getValue().run();
	}

	private void write(String key, LocationRole location, long nanosAgo) {
		long then = System.nanoTime() - nanosAgo;
		this.writes.written(key, (history) -> history
			.acknowledged(new OwnWrite(Kind.PUT, location, ObjectIdentity.of(key, "e"), new Span(then, then, null))));
		this.horizon.written();
	}

}

package io.s3s3.sample.web;

import java.util.ArrayList;
import java.util.List;

import io.s3s3.sample.SampleProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FailoverFeed} and its {@link FailoverSubscription}s.
 */
class FailoverFeedTests {

	private final FailoverFeed feed = new FailoverFeed(new SampleProperties(List.of(), DataSize.ofBytes(1), 2));

	@AfterEach
	void stop() {
		this.feed.destroy();
	}

	@Test
	void refusesMoreSubscribersThanAllowed() {
		this.feed.subscribe();
		this.feed.subscribe();

		assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(this.feed::subscribe)
			.returns(HttpStatus.SERVICE_UNAVAILABLE, ResponseStatusException::getStatusCode)
			.withMessageContaining("sample.max-subscribers");
	}

	@Test
	void hasRoomAgainWhenASubscriberIsGone() {
		this.feed.subscribe();
		SseEmitter gone = this.feed.subscribe();
		gone.complete();

		this.feed.checkSubscribers();

		await().until(() -> this.feed.subscribers() == 1);
		this.feed.subscribe();
	}

	@Test
	void hasOneTaskWaitingHoweverOftenASlowSubscriberIsWokenUp() {
		List<Runnable> tasks = new ArrayList<>();
		List<Long> asked = new ArrayList<>();
		FailoverSubscription slow = new FailoverSubscription(7, (id) -> {
			asked.add(id);
			return List.of();
		});

		for (int count = 0; count < 1000; count++) {
			slow.wakeUp(tasks::add, () -> {
			});
		}

		assertThat(tasks).hasSize(1);
		tasks.get(0).run();
		assertThat(asked).containsExactly(7L);
		slow.wakeUp(tasks::add, () -> {
		});
		assertThat(tasks).hasSize(2);
	}

}

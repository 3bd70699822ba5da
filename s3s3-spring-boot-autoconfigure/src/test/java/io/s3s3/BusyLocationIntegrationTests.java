package io.s3s3;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.event.RequestSent;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A location that is well and busy, and the only one that can serve a call.
 */
class BusyLocationIntegrationTests {

	private static final Answer SLOW_DOWN = Answer.error(503, "SlowDown");

	private static final Answer CONTENT = Answer.success("content");

	private final EmbeddedS3 west = EmbeddedS3.start("west");

	private final List<LocationRole> asked = new ArrayList<>();

	@AfterEach
	void stop() {
		this.west.close();
	}

	@Test
	void isAskedAgainWhenItWasThrottling() {
		Queue<Answer> answers = new ArrayDeque<>(List.of(CONTENT, SLOW_DOWN, CONTENT));
		try (FaultyEndpoint east = AnsweringEndpoint.answering(answers::remove)) {
			Contexts.pair(east.uri(), "east", this.west.endpoint(), "west").run((context) -> {
				template(context).upload("key", new byte[10]);

				assertThat(template(context).downloadAsBytes("key")).isEqualTo("content".getBytes());

				assertThat(this.asked).containsExactly(LocationRole.PRIMARY, LocationRole.PRIMARY,
						LocationRole.SECONDARY, LocationRole.PRIMARY);
			});
		}
	}

	@Test
	void isAskedAgainWhenItHadNoConnectionFree() {
		try (EmbeddedS3 east = EmbeddedS3.start("east")) {
			east.put("large", new byte[1 << 20]);
			Contexts.pair(east.endpoint(), "east", this.west.endpoint(), "west")
				.withPropertyValues("s3s3.primary.max-connections=1", "s3s3.primary.connect-timeout=100ms",
						"s3s3.primary.read-timeout=100ms")
				.run((context) -> {
					template(context).upload("key", "content".getBytes());
					this.asked.clear();
					FailoverS3Client client = context.getBean(FailoverS3Client.class);
					ResponseInputStream<GetObjectResponse> holder = client.getObject((get) -> get.key("large"));

					byte[] content = client.on(RequestSent.class, (sent) -> {
						this.asked.add(sent.getLocation());
						if (this.asked.size() == 3) {
							holder.abort();
						}
					}).getObjectAsBytes((get) -> get.key("key")).asByteArray();

					assertThat(content).isEqualTo("content".getBytes());
					assertThat(this.asked).containsExactly(LocationRole.PRIMARY, LocationRole.SECONDARY,
							LocationRole.PRIMARY);
				});
		}
	}

	@Test
	void isAskedOnlyOnceMore() {
		Queue<Answer> answers = new ArrayDeque<>(List.of(CONTENT));
		try (FaultyEndpoint east = AnsweringEndpoint
			.answering(() -> answers.isEmpty() ? SLOW_DOWN : answers.remove())) {
			Contexts.pair(east.uri(), "east", this.west.endpoint(), "west")
				.withPropertyValues("s3s3.failover.back-off=1ms")
				.run((context) -> {
					template(context).upload("key", new byte[10]);
					this.asked.clear();

					assertThatExceptionOfType(NotReplicatedException.class)
						.isThrownBy(() -> template(context).downloadAsBytes("key"));

					assertThat(this.asked).containsExactly(LocationRole.PRIMARY, LocationRole.SECONDARY,
							LocationRole.PRIMARY);
				});
		}
	}

	@Test
	void isWaitedForWhenNobodyElseIsThere() {
		try (EmbeddedS3 east = EmbeddedS3.start("east"); FaultyEndpoint refusing = FaultyEndpoint.refusing()) {
			east.put("large", new byte[1 << 20]);
			Contexts.pair(east.endpoint(), "east", refusing.uri(), "west")
				.withPropertyValues("s3s3.primary.max-connections=1", "s3s3.primary.connect-timeout=100ms",
						"s3s3.primary.read-timeout=100ms", "s3s3.failover.max-rounds=1")
				.run((context) -> {
					FailoverS3Client client = context.getBean(FailoverS3Client.class);
					ResponseInputStream<GetObjectResponse> holder = client.getObject((get) -> get.key("large"));

					client.on(RequestSent.class, (sent) -> {
						this.asked.add(sent.getLocation());
						if (this.asked.size() == 3) {
							holder.abort();
						}
					}).putObject((put) -> put.key("key"), RequestBody.fromString("content"));

					assertThat(this.asked).containsExactly(LocationRole.PRIMARY, LocationRole.SECONDARY,
							LocationRole.PRIMARY);
				});
		}
	}

	private FailoverS3Operations template(AssertableApplicationContext context) {
		return context.getBean(FailoverS3Template.class)
			.on(RequestSent.class, (sent) -> this.asked.add(sent.getLocation()));
	}

}

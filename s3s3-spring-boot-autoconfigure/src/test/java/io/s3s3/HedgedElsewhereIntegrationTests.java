package io.s3s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestHedged.Outcome;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.HttpRequest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads whose second request goes to the other location.
 */
class HedgedElsewhereIntegrationTests extends AbstractHedgedElsewhereTests {

	@Test
	void goesElsewhereForAVersion() {
		this.answers.put("held", SECOND.with("x-amz-version-id: v1"));

		run((context) -> {
			List<Thread> transforming = new ArrayList<>();

			String content = listened(context).getObject((request) -> request.key("held").versionId("v1"),
					(response, stream) -> {
						transforming.add(Thread.currentThread());
						return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
					});

			assertThat(content).isEqualTo("second");
			assertThat(transforming).containsExactly(Thread.currentThread());
			assertWonElsewhere("held", 1);
			assertThat(secondRequest("held").lines().get(0)).contains("/west/held", "versionId=v1");
		});
	}

	@Test
	void goesElsewhereForAnETagAndForAHead() {
		this.answers.put("held", SECOND);
		this.answers.put("held-head", SECOND);

		run((context) -> {
			FailoverS3Client client = listened(context);

			assertThat(get(client, GetObjectRequest.builder().key("held").ifMatch("\"e\"").build()))
				.isEqualTo("second");
			client.headObject((request) -> request.key("held-head").ifMatch("e"));

			assertWonElsewhere("held-head", 2);
		});
	}

	@Test
	void goesElsewhereForWhatThisProcessHasWritten() {
		this.answers.put("held", SECOND);

		run((context) -> {
			FailoverS3Client client = listened(context);
			client.putObject((request) -> request.key("held"), RequestBody.fromString("second"));

			assertThat(get(client, GetObjectRequest.builder().key("held").build())).isEqualTo("second");

			assertThat(this.succeeded).last()
				.extracting(RequestSucceeded::getLocation)
				.isEqualTo(LocationRole.SECONDARY);
			assertThat(this.hedged).singleElement()
				.extracting(RequestHedged::getSecondLocation)
				.isEqualTo(LocationRole.SECONDARY);
		});
	}

	@Test
	void goesElsewhereOnTheAsynchronousClient() {
		this.answers.put("held", SECOND.with("x-amz-version-id: v1"));
		this.answers.put("held-head", SECOND);

		run((context) -> {
			FailoverS3AsyncClient client = listenedAsync(context);

			assertThat(getAsync(client, GetObjectRequest.builder().key("held").versionId("v1").build()))
				.isEqualTo("second");
			client.headObject((request) -> request.key("held-head").ifMatch("e")).join();

			assertWonElsewhere("held-head", 2);
			assertThat(secondRequest("held").lines().get(0)).contains("/west/held", "versionId=v1");
		});
	}

	private void assertWonElsewhere(String key, int times) {
		this.primary.awaitAbandoned();
		assertThat(this.secondary.requests()).hasSize(times);
		assertThat(secondRequest(key).header("authorization")).contains("Credential=");
		assertThat(this.hedged).hasSize(times).allSatisfy((event) -> {
			assertThat(event.getOutcome()).isEqualTo(Outcome.WON);
			assertThat(event.getLocation()).isEqualTo(LocationRole.PRIMARY);
			assertThat(event.getSecondLocation()).isEqualTo(LocationRole.SECONDARY);
		});
		assertThat(this.succeeded).hasSize(times)
			.allSatisfy((event) -> assertThat(event.getLocation()).isEqualTo(LocationRole.SECONDARY));
	}

	@Test
	void staysWhereNothingCouldProveAnAnswer() {
		run((context) -> {
			FailoverS3Client client = listened(context);
			List<GetObjectRequest> plain = List.of(GetObjectRequest.builder().key("once").build(),
					GetObjectRequest.builder().key("once-any").ifMatch("*").build(),
					GetObjectRequest.builder().key("once-null").versionId("null").build());

			plain.forEach((request) -> assertThat(get(client, request)).isEqualTo("first"));

			assertThat(this.secondary.requests()).isEmpty();
			assertThat(this.hedged).extracting(RequestHedged::getSecondLocation)
				.containsExactly(LocationRole.PRIMARY, LocationRole.PRIMARY, LocationRole.PRIMARY);
		});
	}

	@Test
	void asksNobodyElseWhileTheOtherLocationIsDrained() {
		run((context) -> {
			context.getBean(FailoverControl.class).drain(LocationRole.SECONDARY);

			assertThat(get(listened(context), GetObjectRequest.builder().key("slow").ifMatch("e").build()))
				.isEqualTo("first");

			assertThat(this.secondary.requests()).isEmpty();
			assertThat(this.hedged).isEmpty();
		});
	}

	private HttpRequest secondRequest(String key) {
		return this.secondary.requests().stream().filter((each) -> keyOf(each).equals(key)).findFirst().orElseThrow();
	}

}

package io.s3s3;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.s3s3.event.RequestHedged.Outcome;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Second requests at the other location whose answers do not prove to be current.
 */
class UnprovenHedgeIntegrationTests extends AbstractHedgedElsewhereTests {

	private static final Answer OTHER = new Answer(200, "x-amz-request-id: 2\r\nETag: \"other\"\r\n", "other", 5,
			Answer.End.CLOSE);

	@Test
	void letsNothingWinThatDoesNotProveToBeCurrent() {
		run(300, (context) -> {
			FailoverS3Client client = listened(context);

			assertNothingWins(context, (request) -> get(client, request));
		});
	}

	@Test
	void letsNothingWinOnTheAsynchronousClient() {
		run(300, (context) -> {
			FailoverS3AsyncClient client = listenedAsync(context);

			assertNothingWins(context, (request) -> getAsync(client, request));
		});
	}

	private void assertNothingWins(AssertableApplicationContext context, Function<GetObjectRequest, String> client) {
		Map<GetObjectRequest, Answer> unproven = unproven();
		unproven.forEach((request, answer) -> {
			this.answers.put(request.key(), answer);
			if (request.ifMatch() == null && request.versionId() == null) {
				context.getBean(FailoverS3Client.class)
					.putObject((put) -> put.key(request.key()), RequestBody.fromString("first"));
			}

			assertThat(client.apply(request)).as("%s", answer).isEqualTo("first");
		});

		assertThat(this.hedged).hasSize(unproven.size()).allSatisfy((event) -> {
			assertThat(event.getOutcome()).isEqualTo(Outcome.LOST);
			assertThat(event.getSecondLocation()).isEqualTo(LocationRole.SECONDARY);
		});
		assertThat(this.succeeded)
			.allSatisfy((event) -> assertThat(event.getLocation()).isEqualTo(LocationRole.PRIMARY));
	}

	private static Map<GetObjectRequest, Answer> unproven() {
		Map<GetObjectRequest, Answer> unproven = new LinkedHashMap<>();
		List<Answer> bad = List.of(Answer.error(404, "NoSuchKey"), Answer.error(412, "PreconditionFailed"),
				new Answer(304, "ETag: \"e\"\r\n", "", 0, Answer.End.CLOSE), Answer.html(200), OTHER);
		for (int i = 0; i < bad.size(); i++) {
			unproven.put(GetObjectRequest.builder().key("late-tag-" + i).ifMatch("\"e\"").build(), bad.get(i));
			unproven.put(GetObjectRequest.builder().key("late-put-" + i).build(), bad.get(i));
		}
		unproven.put(GetObjectRequest.builder().key("late-version").versionId("v1").build(), SECOND);
		unproven.put(GetObjectRequest.builder().key("late-other-version").versionId("v1").build(),
				SECOND.with("x-amz-version-id: v2"));
		return unproven;
	}

}
